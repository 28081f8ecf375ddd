using System.Buffers;
using System.Text.Json;

namespace Kube.Server.Controllers;

/// <summary>Writes the bodies of requests.</summary>
static class JsonBody
{
    /// <summary>One JSON object with the fields that are written in between.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> fields)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}
