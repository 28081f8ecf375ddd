using System.Management.Automation;
using System.Management.Automation.Language;

namespace Kube.Module.Completion;

/// <summary>The word at the cursor. The engine hands it over with its opening quote, and with the closing one where that is typed.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Quote">Its quote; null for a bare word.</param>
sealed record TypedWord(string Text, char? Quote)
{
    // The shell takes typographic quotes for quotes.
    const string SingleQuotes = "'\u2018\u2019\u201a\u201b", DoubleQuotes = "\"\u201c\u201d\u201e";

    public static TypedWord Parse(string? typed)
    {
        if (string.IsNullOrEmpty(typed)) return new("", null);
        var quotes = SingleQuotes.Contains(typed[0]) ? SingleQuotes : DoubleQuotes.Contains(typed[0]) ? DoubleQuotes : null;
        if (quotes is null) return new(typed.Replace("`", ""), null);
        var inner = typed[1..];
        if (inner.Length > 0 && quotes.Contains(inner[^1])) inner = inner[..^1];
        foreach (var quote in quotes) inner = inner.Replace($"{quote}{quote}", quote.ToString());
        return quotes == SingleQuotes ? new(inner, '\'') : new(inner.Replace("`", ""), '"');
    }

    /// <summary>Whether a value begins with what is typed, in any case; a wildcard stands for whatever it matches.</summary>
    public bool Begins(string value) => WildcardPattern.ContainsWildcardCharacters(Text)
        ? WildcardPattern.Get(Text + "*", WildcardOptions.IgnoreCase).IsMatch(value)
        : value.StartsWith(Text, StringComparison.OrdinalIgnoreCase);

    /// <summary>A value as it can stand in the command: in the quotes that were typed, and in some where it needs them.</summary>
    public string Write(string value) => Quote switch
    {
        '"' => $"\"{string.Concat(value.Select(character => character is '`' or '$' || DoubleQuotes.Contains(character) ? "`" + character : character.ToString()))}\"",
        null when IsBareWord(value) => value,
        _ => $"'{CodeGeneration.EscapeSingleQuotedStringContent(value)}'",
    };

    /// <summary>Whether the shell reads a value without quotes as itself: the parser is asked.</summary>
    static bool IsBareWord(string value) =>
        Parser.ParseInput("command " + value, out _, out var errors).EndBlock.Statements is [PipelineAst { PipelineElements: [CommandAst { CommandElements: [_, StringConstantExpressionAst argument], Redirections.Count: 0 }] }]
        && errors.Length == 0 && argument.StringConstantType == StringConstantType.BareWord && argument.Value == value;
}
