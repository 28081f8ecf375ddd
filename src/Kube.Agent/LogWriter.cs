using Kube.Agent.Runtime;

namespace Kube.Agent;

/// <summary>
/// Writes log frames as Kubernetes serves them: with times before lines if asked, and never more bytes than asked, the times' included. Frames that follow each other
/// at once go out together.
/// </summary>
sealed class LogWriter(Stream output, NodeLogRequest request)
{
    const int BufferLength = 64 * 1024;
    const int StampLength = 31;

    readonly byte[] _buffer = new byte[BufferLength];
    int _buffered;
    long _left = request.LimitBytes ?? long.MaxValue;

    // A line longer than the engine's buffer comes in several frames; only the first gets a time.
    readonly bool[] _inLine = new bool[2];

    /// <summary>Whether all bytes that were asked for are written.</summary>
    public bool IsFull => _left <= 0;

    public async ValueTask WriteAsync(LogFrame frame, CancellationToken cancel)
    {
        if (IsFull || frame.Bytes.IsEmpty) return;
        var stream = frame.IsError ? 1 : 0;
        if (request.Timestamps && !_inLine[stream])
        {
            if (BufferLength - _buffered < StampLength) await SendAsync(cancel);
            WriteStamp(frame);
        }
        var bytes = frame.Bytes.Length > _left ? frame.Bytes[..(int)_left] : frame.Bytes;
        _left -= bytes.Length;
        while (bytes.Length > BufferLength - _buffered)
        {
            var part = BufferLength - _buffered;
            bytes.Span[..part].CopyTo(_buffer.AsSpan(_buffered));
            _buffered += part;
            bytes = bytes[part..];
            await SendAsync(cancel);
        }
        bytes.Span.CopyTo(_buffer.AsSpan(_buffered));
        _buffered += bytes.Length;
        _inLine[stream] = frame.Bytes.Span[^1] != '\n';
        // Who follows wants each line as soon as there is no other behind it.
        if (request.Follow && !frame.HasMore) await FlushAsync(cancel);
    }

    /// <summary>Sends what is left.</summary>
    public async ValueTask FlushAsync(CancellationToken cancel)
    {
        await SendAsync(cancel);
        await output.FlushAsync(cancel);
    }

    async ValueTask SendAsync(CancellationToken cancel)
    {
        await output.WriteAsync(_buffer.AsMemory(0, _buffered), cancel);
        _buffered = 0;
    }

    // RFC 3339 with nine digits, as the kubelet has it: .NET writes seven and the zone.
    void WriteStamp(LogFrame frame)
    {
        Span<byte> stamp = stackalloc byte[StampLength];
        frame.Time.UtcDateTime.TryFormat(stamp, out var length, "O");
        stamp[length - 1] = (byte)('0' + frame.Nanoseconds / 10);
        stamp[length] = (byte)('0' + frame.Nanoseconds % 10);
        stamp[length + 1] = (byte)'Z';
        stamp[length + 2] = (byte)' ';
        var part = stamp[..(int)Math.Min(_left, length + 3)];
        part.CopyTo(_buffer.AsSpan(_buffered));
        _buffered += part.Length;
        _left -= part.Length;
    }
}
