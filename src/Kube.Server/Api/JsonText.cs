using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kube.Server.Api;

/// <summary>How the server writes JSON: compact, and readable beyond ASCII.</summary>
static class JsonText
{
    public static JsonWriterOptions WriterOptions { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Two fields of one name are refused where nobody decides between them.</summary>
    public static JsonDocumentOptions NoDuplicates { get; } = new() { AllowDuplicateProperties = false };

    public static JsonSerializerOptions NodeOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a JSON object that a client sent.</summary>
    /// <param name="what">What it is, for the error: <c>the body</c>.</param>
    /// <exception cref="StatusException">BadRequest: no JSON, no object, or a field twice.</exception>
    public static JsonObject ParseObject(ReadOnlyMemory<byte> json, string what) =>
        ParseNode(json, what) as JsonObject ?? throw Failures.BadRequest($"{what} must be a JSON object");

    /// <summary>Reads any JSON that a client sent.</summary>
    /// <exception cref="StatusException">BadRequest: no JSON, or a field twice.</exception>
    public static JsonNode? ParseNode(ReadOnlyMemory<byte> json, string what)
    {
        try
        {
            return JsonNode.Parse(json.Span, documentOptions: NoDuplicates);
        }
        catch (JsonException e)
        {
            throw Failures.BadRequest($"{what} is not valid JSON: {e.Message}");
        }
    }
}
