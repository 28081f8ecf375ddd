using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Kube.Agent.Status;
using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers;

/// <summary>Writes what controllers have found out.</summary>
static class StatusWriter
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

    /// <summary>Writes a status where it has changed. One of an object that is gone is of no use to anyone.</summary>
    public static async Task WriteAsync<T>(KubeApi api, KubeResource resource, ObjectMeta of, T before, T after, JsonTypeInfo<T> type, CancellationToken cancel, bool exact = false)
    {
        if (StatusPatch.Between(of.Uid, exact ? of.ResourceVersion : null, before, after, type) is not { } patch) return;
        try
        {
            await api.PatchAsync(resource, of.Namespace, of.Name, PatchType.Merge, patch, ControllerOptions.WriteStatus, cancel);
        }
        catch (KubeOperationException e) when (e.Status.Reason == "NotFound")
        {
            // It was deleted meanwhile.
        }
    }
}
