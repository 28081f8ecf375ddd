using System.Text.Json.Nodes;
using Kube.Server.Api.Apply;
using Kube.Server.Api.Patches;
using Kube.Server.Kinds;
using Kube.Server.Kinds.Schemas;
using Kube.Server.Storage;

namespace Kube.Server.Api;

/// <summary>PATCH of an object or its status.</summary>
static class PatchVerb
{
    const string Strategic = "application/strategic-merge-patch+json";

    static readonly string[] AcceptedTypes = ["application/json-patch+json", "application/merge-patch+json", Strategic, ApplyVerb.MediaType];

    /// <summary>The media types of patches that documents of a kind take. Custom kinds have no merge keys that a strategic patch could go by.</summary>
    public static IEnumerable<string> AcceptedBy(KindDefinition kind) => AcceptedTypes.Where(t => t != Strategic || kind.Custom is null);

    public static async Task ExecuteAsync(ApiRequest request)
    {
        var body = await RequestBody.ReadAsync(request.Http);
        if (body.MediaType == ApplyVerb.MediaType)
        {
            var (item, created) = await ApplyVerb.ExecuteAsync(request, body);
            await ObjectAnswer.WriteAsync(request, item, created ? 201 : 200);
            return;
        }

        if (!AcceptedBy(request.Kind).Contains(body.MediaType))
            throw Unsupported(request.Kind);
        RequestManager.ReadForce(request, applies: false);
        request.Find(); // what is not there is told before what is wrong with the patch
        var apply = Reader(body, request.Kind, request.Kind.Schema);
        var patched = await ObjectUpdate.RunAsync(request, ReplaceVerb.Scope(request), current => Apply(request, current, apply));
        await ObjectAnswer.WriteAsync(request, patched);
    }

    /// <summary>The patch of a body, as a function from a document to the patched one.</summary>
    /// <param name="kind">The kind of the object, which says what patches it takes.</param>
    /// <param name="schema">The type of the document; a strategic merge patch needs it.</param>
    /// <exception cref="StatusException">Another media type, or no such patch.</exception>
    public static Func<JsonObject, JsonNode?> Reader(RequestBody body, KindDefinition kind, StructSchema? schema)
    {
        switch (body.MediaType)
        {
            case "application/json-patch+json":
                return JsonPatch.Parse(body.Json).Apply;
            case "application/merge-patch+json":
                var patch = JsonText.ParseObject(body.Json, "a merge patch");
                return document => MergePatch.Apply(document, patch);
            case Strategic when schema is not null && kind.Custom is null:
                var strategic = JsonText.ParseObject(body.Json, "a strategic merge patch");
                return document => StrategicMergePatch.Apply(document, strategic, schema);
            default:
                throw Unsupported(kind);
        }
    }

    static StatusException Unsupported(KindDefinition kind) => Failures.UnsupportedMediaType(string.Join(", ", AcceptedBy(kind)));

    static JsonObject Apply(ApiRequest request, StoredObject current, Func<JsonObject, JsonNode?> apply)
    {
        var document = Documents.Parse(current, request.Kind);
        var version = document.Text("metadata", "resourceVersion");
        var patched = ObjectDecoder.DecodePatched(request, apply(document));
        // A patch is conditional only if it says so itself.
        if (patched.Text("metadata", "resourceVersion") == version)
            patched.Metadata().Remove("resourceVersion");
        return patched;
    }
}
