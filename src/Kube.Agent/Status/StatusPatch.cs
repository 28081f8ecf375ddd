using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Kube.Agent.Status;

/// <summary>The merge patch from one status to another. Pure.</summary>
public static class StatusPatch
{
    /// <summary>Makes the patch. What is missing, zero or empty is all one. It names the uid, so that a namesake is not written to.</summary>
    /// <param name="uid">The object's uid.</param>
    /// <param name="resourceVersion">The version that it holds for alone; null: any.</param>
    /// <param name="before">The status as the API has it.</param>
    /// <param name="after">The status as it is to be.</param>
    /// <param name="type">How a status is written.</param>
    /// <returns>Null where there is no difference.</returns>
    public static byte[]? Between<T>(string uid, string? resourceVersion, T before, T after, JsonTypeInfo<T> type)
    {
        var (old, next) = (JsonSerializer.SerializeToElement(before, type), JsonSerializer.SerializeToElement(after, type));
        var changes = new JsonObject();
        foreach (var field in next.EnumerateObject().Where(field => !Same(field.Value, Field(old, field.Name))))
            changes[field.Name] = JsonNode.Parse(field.Value.GetRawText());
        foreach (var field in old.EnumerateObject().Where(field => !next.TryGetProperty(field.Name, out _) && !IsNothing(field.Value)))
            changes[field.Name] = null;
        if (changes.Count == 0)
            return null;
        var metadata = new JsonObject { ["uid"] = uid };
        if (resourceVersion is not null)
            metadata["resourceVersion"] = resourceVersion;
        return JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["metadata"] = metadata, ["status"] = changes });
    }

    static JsonElement Field(JsonElement map, string name) => map.TryGetProperty(name, out var value) ? value : default;

    static bool Same(JsonElement one, JsonElement other) =>
        IsNothing(one) || IsNothing(other) ? IsNothing(one) && IsNothing(other) : JsonElement.DeepEquals(one, other);

    static bool IsNothing(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => true,
        JsonValueKind.Number => value.TryGetInt64(out var number) && number == 0,
        JsonValueKind.String => value.GetString()!.Length == 0,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        _ => false,
    };
}
