using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kube;

/// <summary>Finds the merge patch between two documents.</summary>
static class MergePatchWriter
{
    /// <summary>The patch; empty where there is nothing to change.</summary>
    public static JsonObject Write(JsonElement before, JsonElement after)
    {
        var patch = new JsonObject();
        foreach (var field in after.EnumerateObject())
        {
            var known = before.TryGetProperty(field.Name, out var old) && old.ValueKind != JsonValueKind.Null;
            // In a merge patch null means that the field goes, and so it does in Kubernetes' documents.
            if (known ? JsonElement.DeepEquals(old, field.Value) : field.Value.ValueKind == JsonValueKind.Null) continue;
            patch[field.Name] = known && old.ValueKind == JsonValueKind.Object && field.Value.ValueKind == JsonValueKind.Object
                ? Write(old, field.Value)
                : JsonNode.Parse(field.Value.GetRawText());
        }
        foreach (var field in before.EnumerateObject().Where(field => field.Value.ValueKind != JsonValueKind.Null && !after.TryGetProperty(field.Name, out _)))
            patch[field.Name] = null;
        return patch;
    }
}
