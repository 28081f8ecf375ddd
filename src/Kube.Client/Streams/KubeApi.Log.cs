using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;

namespace Kube;

public sealed partial class KubeApi
{
    /// <summary>Reads a container's log line by line, each with its time.</summary>
    /// <param name="namespace">The pod's namespace.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="options">Which part; the container must be named.</param>
    /// <param name="cancel">Ends it at any byte.</param>
    /// <exception cref="KubeStreamException">It broke off.</exception>
    public async IAsyncEnumerable<KubeLogLine> ReadLogAsync(string @namespace, string pod, LogOptions options, [EnumeratorCancellation] CancellationToken cancel)
    {
        var container = options.Container ?? throw new ArgumentException("The container must be named.", nameof(options));
        await using var stream = await OpenLogAsync(@namespace, pod, options with { Timestamps = true }, cancel).ConfigureAwait(false);
        var reader = PipeReader.Create(stream);
        while (true)
        {
            var read = await reader.ReadAsync(cancel).ConfigureAwait(false);
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                yield return LogLine(pod, container, rest.Slice(0, end));
                rest = rest.Slice(rest.GetPosition(1, end));
            }
            if (read.IsCompleted)
            {
                if (!rest.IsEmpty) yield return LogLine(pod, container, rest);
                yield break;
            }
            reader.AdvanceTo(rest.Start, rest.End);
        }
    }

    static KubeLogLine LogLine(string pod, string container, ReadOnlySequence<byte> bytes) =>
        KubeLogLine.Parse(pod, container, Encoding.UTF8.GetString(bytes).TrimEnd('\r'));
}
