using System.Text.Json.Nodes;

namespace Kube.Server.Kinds;

/// <summary>Filling in what is missing.</summary>
static class DefaultValues
{
    /// <summary>Sets a text that is missing or empty.</summary>
    public static void SetDefault(this JsonObject map, string field, string value)
    {
        if (value.Length > 0 && (map[field] is not { } present || (present is JsonValue text && text.TryGetValue<string>(out var was) && was.Length == 0)))
            map[field] = value;
    }

    /// <summary>Sets a number that is missing. Zero is a value.</summary>
    public static void SetDefault(this JsonObject map, string field, long value)
    {
        if (map[field] is null)
            map[field] = value;
    }

    /// <summary>Sets a boolean that is missing.</summary>
    public static void SetDefault(this JsonObject map, string field, bool value)
    {
        if (map[field] is null)
            map[field] = value;
    }
}
