using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Kinds.Schemas;

namespace Kube.Server.Api;

/// <summary>
/// A document as clients with Kubernetes' own types send it: four bytes, then a message that names the kind and holds its message.
/// </summary>
/// <remarks>https://kubernetes.io/docs/reference/using-api/api-concepts/#protobuf-encoding</remarks>
static class ProtobufBody
{
    public const string MediaType = "application/vnd.kubernetes.protobuf";

    static ReadOnlySpan<byte> Magic => "k8s\0"u8;

    /// <summary>The same document as JSON; empty where there is none.</summary>
    /// <exception cref="StatusException">BadRequest: no such envelope, an unknown kind, or a malformed message.</exception>
    public static byte[] ToJson(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
            return [];
        if (!body.StartsWith(Magic))
            throw Failures.BadRequest("the body does not begin as Kubernetes' protobuf does");
        var (apiVersion, kind) = ("", "");
        try
        {
            var envelope = Envelope.Read(body[Magic.Length..]);
            (apiVersion, kind) = (envelope.ApiVersion, envelope.Kind);
            var document = ProtobufDecoder.Read(envelope.Raw, envelope.Type());
            document.Insert(0, "kind", kind);
            document.Insert(1, "apiVersion", apiVersion);
            return Write(document);
        }
        catch (DecodeException e) when (kind.Length > 0)
        {
            throw Failures.BadRequest($"{kind} in version \"{apiVersion}\" cannot be handled as a {kind}: {e.Message}");
        }
        catch (DecodeException e)
        {
            throw Failures.BadRequest($"the body is not valid protobuf: {e.Message}");
        }
    }

    // By a writer of its own, which does not mind depth: who reads the document does, and says so.
    static byte[] Write(JsonObject document)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonText.WriterOptions))
            document.WriteTo(json);
        return buffer.ToArray();
    }

    /// <summary>apimachinery's <c>runtime.Unknown</c>.</summary>
    readonly ref struct Envelope(string apiVersion, string kind, ReadOnlySpan<byte> raw)
    {
        public string ApiVersion { get; } = apiVersion;

        public string Kind { get; } = kind;

        public ReadOnlySpan<byte> Raw { get; } = raw;

        public static Envelope Read(ReadOnlySpan<byte> message)
        {
            ReadOnlySpan<byte> raw = [], type = [];
            var reader = new ProtobufReader(message);
            while (reader.Read())
            {
                switch (reader.Field, reader.Type)
                {
                    case (1, ProtobufType.Bytes):
                        type = reader.Bytes();
                        break;
                    case (2, ProtobufType.Bytes):
                        raw = reader.Bytes();
                        break;
                    case (3, ProtobufType.Bytes):
                        Expect("content encoding", reader.Text(), "");
                        break;
                    case (4, ProtobufType.Bytes):
                        Expect("content type", reader.Text(), MediaType);
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }

            var (apiVersion, kind) = ReadType(type);
            return new Envelope(apiVersion, kind, raw);
        }

        public StructSchema Type()
        {
            var slash = ApiVersion.IndexOf('/', StringComparison.Ordinal);
            var type = SchemaCatalog.Find(slash < 0 ? "" : ApiVersion[..slash], Kind);
            return type is { IsObject: true } ? type : SchemaCatalog.FindMeta(Kind)
                ?? throw Failures.BadRequest($"no kind \"{Kind}\" is registered for version \"{ApiVersion}\"");
        }

        static void Expect(string what, string sent, string known)
        {
            if (sent.Length > 0 && sent != known)
                throw new DecodeException($"the {what} {sent} is not supported");
        }

        static (string ApiVersion, string Kind) ReadType(ReadOnlySpan<byte> message)
        {
            var (apiVersion, kind) = ("", "");
            var reader = new ProtobufReader(message);
            while (reader.Read())
            {
                switch (reader.Field, reader.Type)
                {
                    case (1, ProtobufType.Bytes):
                        apiVersion = reader.Text();
                        break;
                    case (2, ProtobufType.Bytes):
                        kind = reader.Text();
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }

            return kind.Length > 0 ? (apiVersion, kind) : throw new DecodeException("Object 'Kind' is missing");
        }
    }
}
