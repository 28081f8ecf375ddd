using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kube.Server.Kinds.Schemas;

/// <summary>Reads single values into their canonical form.</summary>
static class ScalarDecoder
{
    /// <param name="goField">The field as Go's decoder names it in errors: <c>Container.spec.containers.image</c>.</param>
    /// <exception cref="DecodeException">The value is of the wrong type or malformed.</exception>
    public static JsonNode Read(JsonElement element, ValueSchema.Scalar schema, string goField) => (schema.Type, element.ValueKind) switch
    {
        (ScalarType.String, JsonValueKind.String) => element.GetString()!,
        (ScalarType.Bool, JsonValueKind.True or JsonValueKind.False) => element.GetBoolean(),
        (ScalarType.Int32, JsonValueKind.Number) => element.TryGetInt32(out var number) ? number : throw NumberMismatch(element, schema, goField),
        (ScalarType.Int64, JsonValueKind.Number) => element.TryGetInt64(out var number) ? number : throw NumberMismatch(element, schema, goField),
        (ScalarType.Double, JsonValueKind.Number) => element.GetDouble(),
        (ScalarType.Bytes, JsonValueKind.String) => ReadBase64(element.GetString()!),
        (ScalarType.Time, JsonValueKind.String) => ReadTime(element.GetString()!, "yyyy-MM-dd'T'HH:mm:ss'Z'"),
        (ScalarType.MicroTime, JsonValueKind.String) => ReadTime(element.GetString()!, "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'"),
        (ScalarType.Duration, JsonValueKind.String) => element.GetString()!,
        (ScalarType.Quantity, JsonValueKind.String) => ReadQuantity(element.GetString()!),
        (ScalarType.Quantity, JsonValueKind.Number) => ReadQuantity(element.GetRawText()),
        (ScalarType.IntOrString, JsonValueKind.String) => element.GetString()!,
        (ScalarType.IntOrString, JsonValueKind.Number) => element.TryGetInt32(out var number) ? number : throw NumberMismatch(element, schema, goField),
        _ => throw Mismatch(element, schema, goField),
    };

    public static DecodeException Mismatch(JsonElement element, ValueSchema schema, string goField) =>
        new($"json: cannot unmarshal {GoKind(element)} into Go struct field {goField} of type {schema.GoName}");

    public static string GoKind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "bool",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.Number => "number",
        JsonValueKind.String => "string",
        _ => "null",
    };

    static DecodeException NumberMismatch(JsonElement element, ValueSchema schema, string goField) =>
        new($"json: cannot unmarshal number {element.GetRawText()} into Go struct field {goField} of type {schema.GoName}");

    static JsonNode ReadTime(string text, string format) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && text.Contains('T')
            ? time.UtcDateTime.ToString(format, CultureInfo.InvariantCulture)
            : throw new DecodeException($"parsing time \"{text}\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"{text}\" as \"2006\"");

    static JsonNode ReadQuantity(string text) => KubeQuantity.TryParse(text, out var quantity)
        ? quantity.ToString()
        : throw new DecodeException("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");

    static JsonNode ReadBase64(string text)
    {
        // Go skips line breaks and wants padding.
        var plain = text.Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal);
        var bytes = new byte[plain.Length];
        if (plain.Any(char.IsWhiteSpace) || !Convert.TryFromBase64String(plain, bytes, out var length))
            throw new DecodeException($"illegal base64 data at input byte {FirstBad(plain)}");
        return Convert.ToBase64String(bytes.AsSpan(0, length));
    }

    static int FirstBad(string text)
    {
        var bad = text.AsSpan().TrimEnd('=').IndexOfAnyExcept("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
        return bad >= 0 ? bad : text.Length;
    }
}
