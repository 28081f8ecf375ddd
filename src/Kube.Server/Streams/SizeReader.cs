using System.Runtime.CompilerServices;
using System.Text.Json;
using Kube.Agent.Runtime;

namespace Kube.Server.Streams;

/// <summary>Reads the sizes of a terminal as clients send them: <c>{"Width":80,"Height":24}</c>.</summary>
static class SizeReader
{
    /// <summary>A size; null where the text is none.</summary>
    public static TerminalSize? Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var size = JsonDocument.Parse(json);
            return Number(size.RootElement, "Width") is { } width && Number(size.RootElement, "Height") is { } height ? new TerminalSize(width, height) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The sizes in a stream, one in a line.</summary>
    public static async IAsyncEnumerable<TerminalSize> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(cancel) is { } line)
            if (Parse(System.Text.Encoding.UTF8.GetBytes(line)) is { } size) yield return size;
    }

    static int? Number(JsonElement size, string name) =>
        size.ValueKind == JsonValueKind.Object && size.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetUInt16(out var number) ? number : null;
}
