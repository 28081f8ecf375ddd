using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Kube.Config;

/// <summary>Lines and columns of a text in YAML or JSON, and pieces written so that they fit in. Pure.</summary>
sealed partial class TextLayout(string text)
{
    static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly string _newLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

    public string Text => text;

    public static string Quoted(string value) => JsonSerializer.Serialize(value, Relaxed);

    public static string Json(JsonNode? value) => value switch
    {
        JsonObject map => "{" + string.Join(", ", map.Select(e => $"{Quoted(e.Key)}: {Json(e.Value)}")) + "}",
        JsonArray list => "[" + string.Join(", ", list.Select(Json)) + "]",
        null => "null",
        _ => value.ToJsonString(Relaxed),
    };

    /// <summary>A value that stands on a line with its key.</summary>
    public static string Inline(JsonNode? value, bool isFlow) =>
        !isFlow && value is JsonValue scalar && scalar.TryGetValue<string>(out var plain) && Plain().IsMatch(plain) && !Word().IsMatch(plain) ? plain : Json(value);

    public int Column(int index) => index - LineStart(index);

    public string Replace(int start, int end, string with)
    {
        // Nothing stands behind a key with an empty value, not even a blank.
        var gap = start == end && start > 0 && text[start - 1] == ':' && with.Length > 0 && !char.IsWhiteSpace(with[0]) ? " " : "";
        return string.Concat(text.AsSpan(0, start), gap, with, text.AsSpan(end));
    }

    /// <summary>Puts a value in brackets where a block was, behind its key.</summary>
    public string Collapse(int start, int end, string with)
    {
        var behind = text.AsSpan(0, start).TrimEnd().Length;
        return text[behind - 1] == ':' ? Replace(behind, end, " " + with) : Replace(start, end, with);
    }

    /// <summary>A key and its value as lines of a block, the first at a column.</summary>
    public string Block(string name, JsonNode? value, int column) => $"{Spaces(column)}{Inline(name, isFlow: false)}:{BlockValue(value, column)}{_newLine}";

    /// <summary>What stands behind the colon of a key at a column.</summary>
    public string BlockValue(JsonNode? value, int column) => value switch
    {
        JsonObject { Count: > 0 } map => _newLine + string.Concat(map.Select(e => Block(e.Key, e.Value, column + 2))).TrimEnd('\r', '\n'),
        JsonArray { Count: > 0 } list => _newLine + string.Concat(list.Select(i => Item(i, column))).TrimEnd('\r', '\n'),
        _ => " " + Inline(value, isFlow: false),
    };

    /// <summary>An item as lines of a block whose dashes stand at a column.</summary>
    public string Item(JsonNode? item, int column) => item is JsonObject { Count: > 0 } map
        ? $"{Spaces(column)}- {string.Concat(map.Select(e => Block(e.Key, e.Value, column + 2)))[(column + 2)..]}"
        : $"{Spaces(column)}- {Inline(item, isFlow: false)}{_newLine}";

    /// <summary>Puts lines behind the one on which something ends.</summary>
    public string InsertLines(int end, string lines)
    {
        var at = LineEnd(end);
        return at == text.Length && !text.EndsWith('\n') ? text + _newLine + lines.TrimEnd('\r', '\n') : string.Concat(text.AsSpan(0, at), lines, text.AsSpan(at));
    }

    public string RemoveLines(int start, int end) => string.Concat(text.AsSpan(0, LineStart(start)), text.AsSpan(LineEnd(end)));

    /// <summary>Puts an entry first within braces.</summary>
    public string InsertInFlow(int start, int end, int? first, string entry) => first is { } next
        ? Replace(start + 1, next, text[(start + 1)..next] + entry + "," + (next == start + 1 ? " " : text[(start + 1)..next])) : Replace(start, end, "{" + entry + "}");

    /// <summary>Puts an item last within brackets.</summary>
    public string AppendInFlow(int start, int end, int? first, int? last, string item) => first is { } next && last is { } behind
        ? Replace(behind, behind, "," + (next == start + 1 ? " " : text[(start + 1)..next]) + item) : Replace(start, end, "[" + item + "]");

    /// <summary>Where the dash of an item stands: on its line, or on one before.</summary>
    public int DashOf(int item, int column)
    {
        for (var line = LineStart(item); ; line = LineStart(line - 1))
            if (line + column < text.Length && text[line + column] == '-' && text.AsSpan(line, column).IsWhiteSpace()) return line;
    }

    int LineStart(int index) => index == 0 ? 0 : text.LastIndexOf('\n', index - 1) + 1;

    int LineEnd(int index) => text.IndexOf('\n', index) is >= 0 and var end ? end + 1 : text.Length;

    static string Spaces(int count) => new(' ', count);

    // What every reader of YAML takes for a string; all else is quoted.
    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_./@-]*(:[A-Za-z0-9_./@-]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    [GeneratedRegex("^(true|false|yes|no|on|off|y|n|null)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Word();
}
