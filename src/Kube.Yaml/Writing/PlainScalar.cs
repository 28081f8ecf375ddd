using System.Text.RegularExpressions;
using Kube.Yaml.Reading;

namespace Kube.Yaml.Writing;

/// <summary>Whether a string can stand without quotes and be the same string to every reader, of YAML 1.1 and of 1.2.</summary>
static partial class PlainScalar
{
    /// <summary>The characters that mean something to YAML at the start; <c>=</c> and <c>&lt;</c> are values and merges in 1.1.</summary>
    const string Indicators = "-?:,[]{}#&*!|>'\"%@`=<~";

    /// <summary>Read as something else than a string by one reader or another.</summary>
    public static bool IsAmbiguous(string text) =>
        text.Length == 0
        || Words.Contains(text)
        || Number().IsMatch(text)
        || Timestamp().IsMatch(text)
        || ScalarResolver.Resolve(text) is not { Kind: ScalarKind.String };

    /// <summary>Syntax to YAML, at least in part.</summary>
    public static bool IsSyntax(string text) =>
        text[0] is ' ' || text[^1] is ' ' or ':'
        || Indicators.Contains(text[0]) && !IsFlag(text)
        || text.StartsWith("...", StringComparison.Ordinal)
        || text.Contains(": ", StringComparison.Ordinal)
        || text.Contains(" #", StringComparison.Ordinal);

    /// <summary>A command's option such as <c>-n</c> or <c>--verbose</c>: the one indicator that is a common first character.</summary>
    static bool IsFlag(string text) => text.Length > 1 && text[0] == '-' && text[1] != ' ' && !text.StartsWith("---", StringComparison.Ordinal);

    static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "y", "n", "yes", "no", "on", "off", "true", "false", "null", "~",
        ".inf", "+.inf", "-.inf", ".nan", "inf", "+inf", "-inf", "nan", "infinity",
    };

    // Integers in every base, sexagesimals, floats with underscores anywhere: wider than any one reader's rule.
    [GeneratedRegex(
        @"^[-+]?(0[xX][0-9a-fA-F_]*|0[bB][01_]*|0[oO][0-7_]*|[0-9_]+(:[0-9_]+)+(\.[0-9_]*)?|([0-9][0-9_]*(\.[0-9_]*)?|\.[0-9_]+)([eE][-+]?[0-9_]+)?)\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(\z|[Tt \t])", RegexOptions.CultureInvariant)]
    private static partial Regex Timestamp();
}
