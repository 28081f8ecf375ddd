using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Agent.Pods;

namespace Kube.Agent.Status;

/// <summary>The merge patch from one status to another.</summary>
static class StatusPatch
{
    /// <summary>Makes the patch of a pod's <c>status</c>; null when nothing differs. It names the uid, so that a namesake is not written to.</summary>
    public static byte[]? Between(PodStatus before, PodStatus after, string uid)
    {
        var old = JsonSerializer.SerializeToNode(before, AgentJson.Default.PodStatus)!.AsObject();
        var wanted = JsonSerializer.SerializeToNode(after, AgentJson.Default.PodStatus)!.AsObject();
        var changes = new JsonObject();
        foreach (var (name, value) in wanted)
        {
            if (!JsonNode.DeepEquals(value, old[name]))
                changes[name] = value?.DeepClone();
        }
        foreach (var (name, value) in old)
        {
            if (value is not null && wanted[name] is null)
                changes[name] = null;
        }
        return changes.Count == 0 ? null : JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["metadata"] = new JsonObject { ["uid"] = uid },
            ["status"] = changes,
        });
    }
}
