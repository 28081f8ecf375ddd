using System.Text.RegularExpressions;

namespace Kube.Help.Markdown;

/// <summary>A block of running text as it reads without Markdown.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">A paragraph or an item of a list in one line; code in its own lines.</param>
sealed partial record Prose(ProseKind Kind, string Text)
{
    /// <summary>The blocks of a text.</summary>
    public static IEnumerable<Prose> Read(string text)
    {
        var block = new List<string>();
        var code = false;
        foreach (var line in text.Split('\n'))
        {
            var isFence = line.StartsWith("```", StringComparison.Ordinal);
            var isItem = !code && line.StartsWith("- ", StringComparison.Ordinal);
            if (block.Count > 0 && (isFence || isItem || (!code && line.Length == 0)))
            {
                yield return Of(block, code);
                block.Clear();
            }
            if (isFence) code = !code;
            else if (code || line.Length > 0) block.Add(line);
        }
        if (block.Count > 0) yield return Of(block, code);
    }

    static Prose Of(List<string> lines, bool code)
    {
        if (code) return new Prose(ProseKind.Code, string.Join('\n', lines));
        var text = Plain(string.Join(' ', lines.Select(line => line.Trim())));
        return text.StartsWith("- ", StringComparison.Ordinal) ? new Prose(ProseKind.Item, text[2..]) : new Prose(ProseKind.Paragraph, text);
    }

    /// <summary>Takes the marks of code, emphasis and links away.</summary>
    public static string Plain(string text) => Emphasis().Replace(Link().Replace(text, "$1"), "$1").Replace("`", "", StringComparison.Ordinal);

    [GeneratedRegex(@"\[([^\]]+)\]\([^)]+\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\*\*([^*]+)\*\*")]
    private static partial Regex Emphasis();
}

/// <summary>What a block of running text is.</summary>
enum ProseKind
{
    Paragraph,
    Item,
    Code,
}
