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

    /// <summary>The reference of what a controller makes for one of its objects.</summary>
    public static void WriteController(Utf8JsonWriter json, ObjectMeta owner, ControllerIdentity self) => Write(json, new OwnerReference
    {
        ApiVersion = self.ApiVersion, Kind = self.Kind, Name = owner.Name, Uid = owner.Uid, Controller = true, BlockOwnerDeletion = true,
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
