using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Api.Patches;
using Kube.Server.Kinds.Schemas;
using Kube.Server.Storage;

namespace Kube.Server.Api;

/// <summary>PATCH of an object or its status.</summary>
internal static class PatchVerb
{
    public static IReadOnlyList<string> AcceptedTypes { get; } = ["application/json-patch+json", "application/merge-patch+json", "application/strategic-merge-patch+json"];

    public static async Task ExecuteAsync(ApiRequest request)
    {
        var body = await RequestBody.ReadAsync(request.Http);
        var apply = Reader(body, request.Kind.Schema);
        var patched = await ObjectUpdate.RunAsync(request, ReplaceVerb.Scope(request), current => Apply(request, current, apply));
        await ObjectAnswer.WriteAsync(request, patched);
    }

    /// <summary>The patch of a body, as a function from a document to the patched one.</summary>
    /// <param name="schema">The type of the document; a strategic merge patch needs it.</param>
    /// <exception cref="StatusException">Another media type, or no such patch.</exception>
    public static Func<JsonObject, JsonNode?> Reader(RequestBody body, StructSchema? schema)
    {
        try
        {
            switch (body.MediaType)
            {
                case "application/json-patch+json":
                    var operations = JsonPatch.Parse(body.Json);
                    return operations.Apply;
                case "application/merge-patch+json":
                    var patch = JsonNode.Parse(body.Json.Span) as JsonObject ?? throw Failures.BadRequest("a merge patch must be a JSON object");
                    return document => MergePatch.Apply(document, patch);
                case "application/strategic-merge-patch+json" when schema is not null:
                    var strategic = JsonNode.Parse(body.Json.Span) as JsonObject ?? throw Failures.BadRequest("a strategic merge patch must be a JSON object");
                    return document => StrategicMergePatch.Apply(document, strategic, schema);
                default:
                    throw Failures.UnsupportedMediaType(string.Join(", ", AcceptedTypes));
            }
        }
        catch (JsonException e)
        {
            throw Failures.BadRequest($"the patch is not valid JSON: {e.Message}");
        }
    }

    private static JsonObject Apply(ApiRequest request, StoredObject current, Func<JsonObject, JsonNode?> apply)
    {
        var document = Documents.Parse(current);
        document.Metadata().Remove("resourceVersion"); // a patch is conditional only if it says so itself
        return ObjectDecoder.DecodePatched(request, apply(document));
    }
}
