using System.Text.Json.Nodes;

namespace Kube.Server.Api.Patches;

/// <summary>JSON merge patch (RFC 7386).</summary>
static class MergePatch
{
    /// <summary>Changes the target in place and returns it; a patch that is no object replaces it.</summary>
    public static JsonNode? Apply(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
            return patch?.DeepClone();
        var result = target as JsonObject ?? [];
        foreach (var (name, value) in changes)
        {
            if (value is null)
                result.Remove(name);
            else if (value is JsonObject && result[name] is JsonObject existing)
                Apply(existing, value);
            else
                result[name] = Apply(null, value);
        }

        return result;
    }
}
