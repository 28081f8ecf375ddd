using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kube.Server.Custom;

/// <summary>The types of JSON as schemas name them.</summary>
static class CustomTypes
{
    public static string NameOf(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => IsWhole(value) ? "integer" : "number",
        _ => "null",
    };

    /// <summary>Why a value is not of the type that its schema wants; null: it is.</summary>
    public static string? Mismatch(JsonNode? value, CustomSchema schema)
    {
        var name = NameOf(value);
        var wanted = schema.IntOrString ? "integer,string" : schema.Type;
        if (wanted.Length == 0 || wanted == name || (wanted == "number" && name == "integer") || (schema.IntOrString && name is "integer" or "string"))
            return null;
        return $"must be of type {wanted}: \"{name}\"";
    }

    // 3.0 and 3e2 are whole numbers, too.
    static bool IsWhole(JsonNode value)
    {
        var text = value.ToJsonString();
        return !text.AsSpan().ContainsAny('.', 'e', 'E') || (double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) && double.IsInteger(number) && Math.Abs(number) <= 1L << 53);
    }
}
