using System.Text.Json;
using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers;

/// <summary>Writes owner references.</summary>
static class OwnerReferences
{
    /// <summary>A merge patch that gives an object these owners in place of the ones it had in the version at hand.</summary>
    public static byte[] Patch(ObjectMeta of, Action<Utf8JsonWriter> owners) => JsonBody.Write(json =>
    {
        json.WriteStartObject("metadata");
        json.WriteString("uid", of.Uid);
        json.WriteString("resourceVersion", of.ResourceVersion);
        json.WriteStartArray("ownerReferences");
        owners(json);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    public static void Write(Utf8JsonWriter json, OwnerReference owner)
    {
        json.WriteStartObject();
        json.WriteString("apiVersion", owner.ApiVersion);
        json.WriteString("kind", owner.Kind);
        json.WriteString("name", owner.Name);
        json.WriteString("uid", owner.Uid);
        if (owner.Controller is { } controller) json.WriteBoolean("controller", controller);
        if (owner.BlockOwnerDeletion is { } block) json.WriteBoolean("blockOwnerDeletion", block);
        json.WriteEndObject();
    }
}
