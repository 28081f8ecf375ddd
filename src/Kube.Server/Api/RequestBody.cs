using System.Buffers;
using System.IO.Compression;
using System.Text;
using Kube.Manifests;
using Microsoft.Net.Http.Headers;

namespace Kube.Server.Api;

/// <summary>A request's body, read whole, as JSON.</summary>
/// <param name="MediaType">Its type without parameters, in lower case; empty when none was sent.</param>
sealed record RequestBody(string MediaType, ReadOnlyMemory<byte> Json)
{
    const int Limit = 3 << 20;
    const string Accepted = "application/json, application/yaml, " + ProtobufBody.MediaType;

    /// <summary>Reads a document: JSON, YAML, or protobuf of a kind whose fields are known.</summary>
    /// <exception cref="StatusException">Another media type, too large, or no YAML.</exception>
    public static async Task<RequestBody> ReadDocumentAsync(HttpContext context, IYaml yaml)
    {
        var mediaType = MediaTypeOf(context);
        if (mediaType is not ("" or "application/json" or "application/yaml" or ProtobufBody.MediaType))
            throw Failures.UnsupportedMediaType(Accepted);
        var body = await ReadAsync(context);
        return mediaType switch
        {
            "application/yaml" => body with { Json = FromYaml(body.Json, yaml) },
            ProtobufBody.MediaType => body with { Json = ProtobufBody.ToJson(body.Json.Span) },
            _ => body,
        };
    }

    /// <summary>Reads a body of any type.</summary>
    /// <exception cref="StatusException">RequestEntityTooLarge, or compressed in an unknown way.</exception>
    public static async Task<RequestBody> ReadAsync(HttpContext context)
    {
        var encoding = context.Request.Headers.ContentEncoding.ToString();
        await using var stream = encoding switch
        {
            "" or "identity" => context.Request.Body,
            "gzip" => Unzipped(context.Request.Body),
            _ => throw Failures.UnsupportedMediaType($"{Accepted}; the content encoding {encoding} is not supported"),
        };
        var buffer = new ArrayBufferWriter<byte>(4096);
        while (true)
        {
            var read = await ReadSomeAsync(stream, buffer.GetMemory(4096), context.RequestAborted);
            if (read == 0)
                return new RequestBody(MediaTypeOf(context), buffer.WrittenMemory);
            buffer.Advance(read);
            if (buffer.WrittenCount > Limit)
                throw new StatusException(new Status(413, "RequestEntityTooLarge", $"Request entity too large: limit is {Limit}"));
        }
    }

    public static ReadOnlyMemory<byte> FromYaml(ReadOnlyMemory<byte> text, IYaml yaml)
    {
        try
        {
            var documents = yaml.ToJson(Encoding.UTF8.GetString(text.Span));
            return documents.Count == 1
                ? documents[0].Json
                : throw Failures.BadRequest($"the body must hold one YAML document, not {documents.Count}");
        }
        catch (ManifestException e)
        {
            throw Failures.BadRequest($"error converting YAML to JSON: {e.Message}");
        }
    }

    // Apart from its caller, so that a server that is never sent such a body does not load what reads it.
    static Stream Unzipped(Stream body) => new GZipStream(body, CompressionMode.Decompress);

    static async ValueTask<int> ReadSomeAsync(Stream stream, Memory<byte> into, CancellationToken cancel)
    {
        try
        {
            return await stream.ReadAsync(into, cancel);
        }
        catch (InvalidDataException e)
        {
            throw Failures.BadRequest($"the body is not what its content encoding says: {e.Message}");
        }
    }

    static string MediaTypeOf(HttpContext context)
    {
        if (string.IsNullOrEmpty(context.Request.ContentType))
            return "";
        return MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            ? type.MediaType.ToString().ToLowerInvariant()
            : throw Failures.UnsupportedMediaType(Accepted);
    }
}
