using System.Globalization;
using System.Text.Json;
using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers;

/// <summary>Merge patches that controllers send. Each names the version that it was decided on, so that a decision on an old state changes nothing.</summary>
static class StatusPatch
{
    public static byte[] Conditions(ObjectMeta of, IEnumerable<Condition> conditions) => JsonBody.Write(json =>
    {
        Precondition(json, of);
        json.WriteStartObject("status");
        WriteConditions(json, conditions);
        json.WriteEndObject();
    });

    public static void Precondition(Utf8JsonWriter json, ObjectMeta of)
    {
        json.WriteStartObject("metadata");
        json.WriteString("uid", of.Uid);
        json.WriteString("resourceVersion", of.ResourceVersion);
        json.WriteEndObject();
    }

    public static void WriteConditions(Utf8JsonWriter json, IEnumerable<Condition> conditions)
    {
        json.WriteStartArray("conditions");
        foreach (var condition in conditions)
        {
            json.WriteStartObject();
            json.WriteString("type", condition.Type);
            json.WriteString("status", condition.Status);
            WriteTime(json, "lastHeartbeatTime", condition.LastHeartbeatTime);
            WriteTime(json, "lastProbeTime", condition.LastProbeTime);
            WriteTime(json, "lastTransitionTime", condition.LastTransitionTime);
            if (condition.Reason is not null) json.WriteString("reason", condition.Reason);
            if (condition.Message is not null) json.WriteString("message", condition.Message);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } t) json.WriteString(name, t.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
    }
}
