using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Api.Patches;
using Kube.Server.Storage;

namespace Kube.Server.Api;

/// <summary>PATCH of an object or its status.</summary>
internal static class PatchVerb
{
    public static IReadOnlyList<string> AcceptedTypes { get; } = ["application/json-patch+json", "application/merge-patch+json"];

    public static async Task ExecuteAsync(ApiRequest request)
    {
        var body = await RequestBody.ReadAsync(request.Http);
        var apply = Reader(body);
        var patched = await ObjectUpdate.RunAsync(request, ReplaceVerb.Scope(request), current => Apply(request, current, apply));
        await ObjectAnswer.WriteAsync(request, patched);
    }

    /// <summary>The patch of a body, as a function from a document to the patched one.</summary>
    /// <exception cref="StatusException">Another media type, or no such patch.</exception>
    public static Func<JsonObject, JsonNode?> Reader(RequestBody body)
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
