using System.Text.RegularExpressions;

namespace Kube.Server.Cors;

/// <summary>Turns one entry of the allowed origins into a regular expression, or says why it may not be used.</summary>
static partial class OriginPattern
{
    static readonly string[] StartPins = ["^", "://", "//"];
    static readonly string[] EndPins = ["(:|$)", "$"];

    /// <returns>The expression, or null and what is wrong with the entry.</returns>
    public static (Regex? Expression, string? Error) Compile(string pattern)
    {
        if (string.IsNullOrWhiteSpace(pattern)) return (null, "it is empty");
        Regex expression;
        try
        {
            expression = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException)
        {
            return (null, "it uses what a search in bounded time cannot do (a back-reference, a look-around, an atomic group or a condition), or is too large");
        }
        catch (ArgumentException e)
        {
            return (null, "it is no regular expression: " + e.Message);
        }
        foreach (var alternative in TopLevelAlternatives(pattern))
            if (FaultOf(alternative) is { } fault) return (null, fault);
        return (expression, null);
    }

    static string? FaultOf(string alternative)
    {
        var start = Array.Find(StartPins, pin => alternative.StartsWith(pin, StringComparison.Ordinal));
        // A quantifier behind the pin takes its last character back: "^?", "//*".
        if (start is null || alternative.Length > start.Length && alternative[start.Length] is '?' or '*' or '+' or '{')
            return $"it is not pinned at the start of the host: \"{alternative}\" must start with ^, // or ://";
        var body = alternative[start.Length..];
        var end = Array.Find(EndPins, pin => body.EndsWith(pin, StringComparison.Ordinal));
        if (end is null || IsEscaped(body, body.Length - end.Length))
            return $"it is not pinned at the end of the host: \"{alternative}\" must end with $ or (:|$)";
        return IsAnyHost(body[..^end.Length]) ? $"its host part is a bare .*: \"{alternative}\" lets every site in" : null;
    }

    static bool IsEscaped(string text, int index)
    {
        var backslashes = 0;
        while (index - backslashes > 0 && text[index - backslashes - 1] == '\\') backslashes++;
        return backslashes % 2 == 1;
    }

    static bool IsAnyHost(string body)
    {
        var separator = body.LastIndexOf("//", StringComparison.Ordinal);
        return AnyHost().IsMatch(separator < 0 ? body : body[(separator + 2)..]);
    }

    // ".*", lazy or not, in groups or not, with or without a port behind it.
    [GeneratedRegex(@"^(\((\?:)?)*\.[*+]\??\)*(\(?(\?:)?:.*)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex AnyHost();

    static IEnumerable<string> TopLevelAlternatives(string pattern)
    {
        var (depth, start, inClass) = (0, 0, false);
        for (var i = 0; i < pattern.Length; i++)
            switch (pattern[i])
            {
                case '\\': i++; break;
                // A "]" that comes first in a class stands for itself.
                case '[' when !inClass: inClass = true; i += pattern.AsSpan(i + 1).StartsWith("^]") ? 2 : pattern.AsSpan(i + 1).StartsWith("]") ? 1 : 0; break;
                case ']' when inClass: inClass = false; break;
                case '(' when !inClass: depth++; break;
                case ')' when !inClass: depth--; break;
                case '|' when !inClass && depth == 0:
                    yield return pattern[start..i];
                    start = i + 1;
                    break;
            }
        yield return pattern[start..];
    }
}
