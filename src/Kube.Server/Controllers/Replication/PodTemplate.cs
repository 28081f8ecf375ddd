using System.Text.Json;
using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers.Replication;

/// <summary>Makes a pod's document out of a controller's template. Pure.</summary>
static class PodTemplate
{
    static readonly string[] KeptMetadata = ["labels", "annotations", "finalizers"];

    public static byte[] ToPod(JsonElement template, ObjectMeta controller, string apiVersion, string kind) => JsonBody.Write(json =>
    {
        json.WriteString("apiVersion", "v1");
        json.WriteString("kind", "Pod");
        json.WriteStartObject("metadata");
        json.WriteString("generateName", controller.Name + "-");
        json.WriteString("namespace", controller.Namespace);
        if (template.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object)
            foreach (var property in metadata.EnumerateObject())
                if (KeptMetadata.Contains(property.Name)) property.WriteTo(json);
        json.WriteStartArray("ownerReferences");
        WriteOwner(json, controller, apiVersion, kind);
        json.WriteEndArray();
        json.WriteEndObject();
        if (template.TryGetProperty("spec", out var spec))
        {
            json.WritePropertyName("spec");
            spec.WriteTo(json);
        }
    });

    public static void WriteOwner(Utf8JsonWriter json, ObjectMeta controller, string apiVersion, string kind)
    {
        json.WriteStartObject();
        json.WriteString("apiVersion", apiVersion);
        json.WriteString("kind", kind);
        json.WriteString("name", controller.Name);
        json.WriteString("uid", controller.Uid);
        json.WriteBoolean("controller", true);
        json.WriteBoolean("blockOwnerDeletion", true);
        json.WriteEndObject();
    }
}
