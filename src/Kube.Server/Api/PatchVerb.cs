using System.Text.Json.Nodes;
using Kube.Server.Api.Apply;
using Kube.Server.Api.Patches;
using Kube.Server.Kinds.Schemas;
using Kube.Server.Storage;

namespace Kube.Server.Api;

/// <summary>PATCH of an object or its status.</summary>
internal static class PatchVerb
{
    public static IReadOnlyList<string> AcceptedTypes { get; } = ["application/json-patch+json", "application/merge-patch+json", "application/strategic-merge-patch+json", ApplyVerb.MediaType];

    public static async Task ExecuteAsync(ApiRequest request)
    {
        var body = await RequestBody.ReadAsync(request.Http);
        if (body.MediaType == ApplyVerb.MediaType)
        {
            var (item, created) = await ApplyVerb.ExecuteAsync(request, body);
            await ObjectAnswer.WriteAsync(request, item, created ? 201 : 200);
            return;
        }

        if (!AcceptedTypes.Contains(body.MediaType))
            throw Unsupported();
        RequestManager.ReadForce(request, applies: false);
        request.Find(); // what is not there is told before what is wrong with the patch
        var apply = Reader(body, request.Kind.Schema);
        var patched = await ObjectUpdate.RunAsync(request, ReplaceVerb.Scope(request), current => Apply(request, current, apply));
        await ObjectAnswer.WriteAsync(request, patched);
    }

    /// <summary>The patch of a body, as a function from a document to the patched one.</summary>
    /// <param name="schema">The type of the document; a strategic merge patch needs it.</param>
    /// <exception cref="StatusException">Another media type, or no such patch.</exception>
    public static Func<JsonObject, JsonNode?> Reader(RequestBody body, StructSchema? schema)
    {
        switch (body.MediaType)
        {
            case "application/json-patch+json":
                return JsonPatch.Parse(body.Json).Apply;
            case "application/merge-patch+json":
                var patch = JsonText.ParseObject(body.Json, "a merge patch");
                return document => MergePatch.Apply(document, patch);
            case "application/strategic-merge-patch+json" when schema is not null:
                var strategic = JsonText.ParseObject(body.Json, "a strategic merge patch");
                return document => StrategicMergePatch.Apply(document, strategic, schema);
            default:
                throw Unsupported();
        }
    }

    private static StatusException Unsupported() => Failures.UnsupportedMediaType(string.Join(", ", AcceptedTypes));

    private static JsonObject Apply(ApiRequest request, StoredObject current, Func<JsonObject, JsonNode?> apply)
    {
        var document = Documents.Parse(current);
        var version = document.Text("metadata", "resourceVersion");
        var patched = ObjectDecoder.DecodePatched(request, apply(document));
        // A patch is conditional only if it says so itself.
        if (patched.Text("metadata", "resourceVersion") == version)
            patched.Metadata().Remove("resourceVersion");
        return patched;
    }
}
