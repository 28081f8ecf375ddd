using System.Text.Json;

namespace Kube;

/// <summary>Fields of JSON that comes from elsewhere: what is absent or of another type reads as nothing.</summary>
static class JsonFields
{
    /// <summary>A string; null where there is none.</summary>
    public static string? Text(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A whole number; null where there is none.</summary>
    public static int? Number(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    /// <summary>The elements of an array; empty where there is none.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var array) && array.ValueKind == JsonValueKind.Array ? array.EnumerateArray() : [];

    /// <summary>The strings in an array; empty where there is none.</summary>
    public static IReadOnlyList<string> Texts(JsonElement of, string name) =>
        [.. Items(of, name).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)];
}
