namespace Kube.Shell.Commands;

/// <summary>The end of the last line of a text.</summary>
static class LastLine
{
    /// <summary>The text without the line break at its end, if it has one.</summary>
    public static string TrimEndOfLast(this string text) => text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
}
