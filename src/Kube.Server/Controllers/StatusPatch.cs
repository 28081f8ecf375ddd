using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers;

/// <summary>Merge patches that controllers send of what they have found out.</summary>
static class StatusPatch
{
    /// <summary>Conditions, for the version that they were decided on: a decision on an old state changes nothing.</summary>
    public static byte[] Conditions(ObjectMeta of, IEnumerable<Condition> conditions) => JsonBody.Write(json =>
    {
        json.WriteStartObject("metadata");
        json.WriteString("uid", of.Uid);
        json.WriteString("resourceVersion", of.ResourceVersion);
        json.WriteEndObject();
        json.WriteStartObject("status");
        json.WritePropertyName("conditions");
        JsonSerializer.Serialize(json, [.. conditions], DocumentJson.Default.ConditionArray);
        json.WriteEndObject();
    });

    /// <summary>What turns one status into another. What is missing, zero or empty is all one.</summary>
    /// <param name="exact">Whether it holds for the version at hand alone.</param>
    /// <returns>Null where there is no difference.</returns>
    public static byte[]? Difference<T>(ObjectMeta of, T before, T after, JsonTypeInfo<T> type, bool exact = false)
    {
        var (old, next) = (JsonSerializer.SerializeToElement(before, type), JsonSerializer.SerializeToElement(after, type));
        var changed = next.EnumerateObject().Where(field => !Same(field.Value, Field(old, field.Name))).ToList();
        var gone = old.EnumerateObject().Where(field => !next.TryGetProperty(field.Name, out _) && !IsNothing(field.Value)).ToList();
        if (changed.Count + gone.Count == 0) return null;
        return JsonBody.Write(json =>
        {
            json.WriteStartObject("metadata");
            json.WriteString("uid", of.Uid);
            if (exact) json.WriteString("resourceVersion", of.ResourceVersion);
            json.WriteEndObject();
            json.WriteStartObject("status");
            foreach (var field in changed) field.WriteTo(json);
            foreach (var field in gone) json.WriteNull(field.Name);
            json.WriteEndObject();
        });
    }

    /// <summary>Writes a status where it has changed. One of an object that is gone is of no use to anyone.</summary>
    public static async Task WriteAsync<T>(KubeApi api, KubeResource resource, ObjectMeta of, T before, T after, JsonTypeInfo<T> type, CancellationToken cancel, bool exact = false)
    {
        if (Difference(of, before, after, type, exact) is not { } patch) return;
        try
        {
            await api.PatchAsync(resource, of.Namespace, of.Name, PatchType.Merge, patch, ControllerOptions.WriteStatus, cancel);
        }
        catch (KubeOperationException e) when (e.Status.Reason == "NotFound")
        {
            // It was deleted meanwhile.
        }
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
