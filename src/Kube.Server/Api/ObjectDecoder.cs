using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Kinds;

namespace Kube.Server.Api;

/// <summary>Turns a request's document into one that fits its kind, or says why it does not.</summary>
internal static class ObjectDecoder
{
    /// <exception cref="StatusException">BadRequest: no JSON, another kind, a value of the wrong type.</exception>
    public static JsonObject Decode(ApiRequest request, ReadOnlyMemory<byte> json)
    {
        JsonObject document;
        try
        {
            document = JsonNode.Parse(json.Span) as JsonObject ?? throw Failures.BadRequest("the body must be a JSON object");
        }
        catch (JsonException e)
        {
            throw Failures.BadRequest($"the body is not valid JSON: {e.Message}");
        }

        return document;
    }
}
