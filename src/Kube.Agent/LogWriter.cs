using System.Globalization;
using System.Text;
using Kube.Agent.Runtime;

namespace Kube.Agent;

/// <summary>Writes log frames as Kubernetes serves them: with times before lines if asked, and never more bytes than asked.</summary>
sealed class LogWriter(Stream output, NodeLogRequest request)
{
    long _left = request.LimitBytes ?? long.MaxValue;

    // A line longer than the engine's buffer comes in several frames; only the first gets a time.
    readonly bool[] _inLine = new bool[2];

    /// <summary>Whether all bytes that were asked for are written.</summary>
    public bool IsFull => _left <= 0;

    public async ValueTask WriteAsync(LogFrame frame, CancellationToken cancel)
    {
        if (IsFull || frame.Bytes.IsEmpty)
            return;
        var stream = frame.IsError ? 1 : 0;
        if (request.Timestamps && !_inLine[stream])
            await WriteAsync(Encoding.ASCII.GetBytes(frame.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z '", CultureInfo.InvariantCulture)), cancel);
        await WriteAsync(frame.Bytes, cancel);
        _inLine[stream] = frame.Bytes.Span[^1] != '\n';
        if (request.Follow)
            await output.FlushAsync(cancel);
    }

    async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        var part = bytes.Length > _left ? bytes[..(int)_left] : bytes;
        _left -= part.Length;
        await output.WriteAsync(part, cancel);
    }
}
