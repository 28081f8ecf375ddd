namespace Kube.Package;

/// <summary>A changelog in the form of Keep a Changelog.</summary>
static class Changelog
{
    /// <summary>What stands under <c>## [VERSION]</c>; null where that is missing.</summary>
    public static string? Section(string text, string version)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var start = Array.FindIndex(lines, line => line.StartsWith($"## [{version}]", StringComparison.Ordinal));
        return start < 0 ? null : string.Join('\n', lines.Skip(start + 1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))).Trim();
    }
}
