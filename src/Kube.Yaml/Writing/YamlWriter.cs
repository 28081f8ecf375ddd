using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kube.Manifests;
using Kube.Yaml.Reading;

namespace Kube.Yaml.Writing;

/// <summary>JSON as the YAML that people write by hand: blocks, two spaces, lists at the column of their key, keys in their order.</summary>
sealed partial class YamlWriter
{
    /// <summary>YAML allows 1024 characters in a key before its colon; a longer one takes the form with a question mark.</summary>
    const int LongestKey = 1000;

    static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = Composer.MaxDepth };

    readonly StringBuilder _text = new();

    /// <summary>The document as YAML, with a line feed at its end.</summary>
    /// <exception cref="ManifestException">It is no JSON, or holds what YAML cannot: the same key twice, a number beyond a double.</exception>
    public static string Write(ReadOnlySpan<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json.ToArray(), Options);
            var writer = new YamlWriter();
            writer.Value(document.RootElement, 0, inLine: false);
            return writer._text.ToString();
        }
        catch (JsonException e)
        {
            throw new ManifestException("this is no JSON document that YAML can hold; expected one value, and each key of a map once", e)
            {
                Line = (int?)e.LineNumber + 1,
                Column = (int?)e.BytePositionInLine + 1,
            };
        }
        catch (InvalidOperationException e)
        {
            throw new ManifestException("a string of this JSON holds half a character; expected \\u escapes in pairs", e);
        }
    }

    /// <summary>Writes a value at a column. <paramref name="inLine"/>: the line has begun, with the key or the dashes before it.</summary>
    void Value(JsonElement value, int column, bool inLine)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when value.EnumerateObject().Any():
                Map(value, column, inLine);
                break;
            case JsonValueKind.Array when value.GetArrayLength() > 0:
                List(value, column, inLine);
                break;
            default:
                Scalar(value, column);
                break;
        }
    }

    void Map(JsonElement map, int column, bool inLine)
    {
        foreach (var property in map.EnumerateObject())
        {
            Indent(column, ref inLine);
            var key = StringStyle.Key(property.Name);
            if (key.Length > LongestKey)
            {
                _text.Append("? ").Append(key).Append('\n');
                Indent(column, ref inLine);
                _text.Append(':');
            }
            else
                _text.Append(key).Append(':');
            Entry(property.Value, column);
        }
    }

    void Entry(JsonElement value, int column)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when value.EnumerateObject().Any():
                _text.Append('\n');
                Map(value, column + 2, inLine: false);
                break;
            case JsonValueKind.Array when value.GetArrayLength() > 0:
                _text.Append('\n');
                List(value, column, inLine: false);
                break;
            default:
                _text.Append(' ');
                Scalar(value, column);
                break;
        }
    }

    void List(JsonElement list, int column, bool inLine)
    {
        foreach (var item in list.EnumerateArray())
        {
            Indent(column, ref inLine);
            _text.Append("- ");
            Value(item, item.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? column + 2 : column, inLine: true);
        }
    }

    void Indent(int column, ref bool inLine)
    {
        if (!inLine)
            _text.Append(' ', column);
        inLine = false;
    }

    /// <summary>Writes a scalar, or something empty, and ends the line; a block goes two columns further than what holds it.</summary>
    void Scalar(JsonElement value, int column)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String when value.GetString()! is var text && StringStyle.IsBlock(text):
                Block(text, column + 2);
                return;
            case JsonValueKind.String:
                _text.Append(StringStyle.OneLine(value.GetString()!));
                break;
            case JsonValueKind.Number:
                _text.Append(Number(value));
                break;
            case JsonValueKind.Object:
                _text.Append("{}");
                break;
            case JsonValueKind.Array:
                _text.Append("[]");
                break;
            default:
                _text.Append(value.GetRawText());
                break;
        }
        _text.Append('\n');
    }

    void Block(string text, int column)
    {
        _text.Append(text.EndsWith('\n') ? "|\n" : "|-\n");
        foreach (var line in text.TrimEnd('\n').Split('\n'))
            _text.Append(' ', line.Length == 0 ? 0 : column).Append(line).Append('\n');
    }

    static string Number(JsonElement value)
    {
        var raw = value.GetRawText();
        if (!double.IsFinite(value.GetDouble()))
            throw new ManifestException("a number is too large for YAML's readers; expected one that a double can hold");
        // YAML 1.1 takes 1e3 for a string: a float needs its point, and its exponent a sign.
        return Exponent().Match(raw) is { Success: true } match
            ? $"{match.Groups["mantissa"].Value}{(raw.Contains('.') ? "" : ".0")}e{(match.Groups["sign"].Value is "-" ? "-" : "+")}{match.Groups["digits"].Value}"
            : raw;
    }

    [GeneratedRegex("^(?<mantissa>-?[0-9.]+)[eE](?<sign>[-+]?)(?<digits>[0-9]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Exponent();
}
