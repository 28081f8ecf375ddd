using System.Globalization;
using System.Text.Json;

namespace Kube.Module.Waiting;

/// <summary>Waits for values in objects.</summary>
static class PathCondition
{
    /// <summary>Reads <c>PATH</c> or <c>PATH=VALUE</c>; the path may hold equals signs of its own in brackets.</summary>
    /// <exception cref="FormatException">The path is none.</exception>
    public static WaitCondition Parse(string text)
    {
        var end = EndOfPath(text);
        var (path, value) = (text[..end].Trim(), end < text.Length ? text[(end + 1)..].Trim() : null);
        if (value is { Length: 0 }) throw new FormatException($"'JsonPath={text}' ends where its value is to be; without one leave the = out.");
        try
        {
            // A path may leave out the dot that it begins with.
            return new WaitCondition.PathValue(path, JsonPath.Parse(path is [not ('{' or '.' or '[' or '$'), ..] ? "." + path : path), Unquoted(value));
        }
        catch (FormatException exception)
        {
            throw new FormatException($"'{path}' is no path: {exception.Message}.", exception);
        }
    }

    /// <summary>What is different from what is waited for; null: nothing.</summary>
    public static string? Differs(KubeObject subject, WaitCondition.PathValue wanted)
    {
        using var document = JsonDocument.Parse(subject.Json);
        var found = wanted.Path.Find(document.RootElement).Where(item => item.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)).ToArray();
        if (found.Length == 0) return $"it has no {wanted.Text}";
        if (wanted.Value is not { } value) return null;
        // Of several all have to be so.
        return found.FirstOrDefault(item => !Fits(item, value)) is { ValueKind: not JsonValueKind.Undefined } other ? $"{wanted.Text} is {Show(other)}" : null;
    }

    static bool Fits(JsonElement item, string value) => item.ValueKind switch
    {
        JsonValueKind.String => item.GetString() == value,
        JsonValueKind.Number => decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && item.TryGetDecimal(out var there) ? number == there : item.GetRawText() == value,
        JsonValueKind.True or JsonValueKind.False => item.GetRawText().Equals(value, StringComparison.OrdinalIgnoreCase),
        _ => item.GetRawText() == value,
    };

    static string Show(JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.String => $"'{item.GetString()}'",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => item.GetRawText(),
    };

    static string? Unquoted(string? value) => value is ['\'', .., '\''] or ['"', .., '"'] ? value[1..^1] : value;

    static int EndOfPath(string text)
    {
        char? quote = null;
        var depth = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            if (quote is not null) quote = c == quote ? null : quote;
            else if (c is '\'' or '"') quote = c;
            else if (c is '[' or '{') depth++;
            else if (c is ']' or '}') depth--;
            else if (c == '=' && depth == 0) return at;
        }
        return text.Length;
    }
}
