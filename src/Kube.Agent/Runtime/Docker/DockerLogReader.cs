using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;

namespace Kube.Agent.Runtime.Docker;

/// <summary>
/// Takes the engine's log stream (with times) apart. Without a terminal it comes in frames: a byte for the stream, three zeros, the length (big-endian), then the
/// time, a space and at most one line. With a terminal there are no frames, only lines, each after its time.
/// </summary>
static class DockerLogReader
{
    const int HeaderLength = 8;
    const int BufferLength = 64 * 1024;

    // The engine's buffer: a longer line is kept in pieces of this length, each with a time of its own.
    const int PieceLength = 16 * 1024;
    const int MaximumTimeLength = 40;

    /// <summary>Reads to the end of the stream.</summary>
    /// <param name="stream">The engine's answer.</param>
    /// <param name="framed">Whether it comes in frames.</param>
    /// <param name="write">Gets each piece in order.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="InvalidDataException">The stream is not what the engine sends.</exception>
    public static async Task ReadAsync(Stream stream, bool framed, Func<LogFrame, ValueTask> write, CancellationToken cancel)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true, bufferSize: BufferLength));
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(cancel);
                // Each piece is handed out as one block of memory.
                ReadOnlyMemory<byte> rest = read.Buffer.IsSingleSegment ? read.Buffer.First : read.Buffer.ToArray();
                var length = rest.Length;
                LogFrame? next = Take(ref rest, framed, read.IsCompleted);
                while (next is { } frame)
                {
                    next = Take(ref rest, framed, read.IsCompleted);
                    await write(frame with { HasMore = next is not null });
                }
                reader.AdvanceTo(read.Buffer.GetPosition(length - rest.Length), read.Buffer.End);
                if (read.IsCompleted && (rest.Length == 0 || framed))
                    return;
            }
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    static LogFrame? Take(ref ReadOnlyMemory<byte> rest, bool framed, bool isLast) => framed ? TakeFrame(ref rest) : TakeLine(ref rest, isLast);

    static LogFrame? TakeFrame(ref ReadOnlyMemory<byte> rest)
    {
        if (rest.Length < HeaderLength)
            return null;
        var stream = rest.Span[0];
        var length = BinaryPrimitives.ReadUInt32BigEndian(rest.Span[4..]);
        if (stream > 2 || length > int.MaxValue - HeaderLength)
            throw new InvalidDataException("The engine's log is not in frames.");
        if (rest.Length < HeaderLength + length)
            return null;
        var frame = Split(rest.Slice(HeaderLength, (int)length), stream == 2);
        rest = rest[(HeaderLength + (int)length)..];
        return frame;
    }

    static LogFrame? TakeLine(ref ReadOnlyMemory<byte> rest, bool isLast)
    {
        if (rest.Length == 0)
            return null;
        var end = rest.Span.IndexOf((byte)'\n') + 1;
        var space = rest.Span.IndexOf((byte)' ');
        var pieceEnd = space + 1 + PieceLength;
        // A piece of a longer line ends where the next one's time begins.
        if (space >= 0 && (end == 0 || end > pieceEnd))
        {
            if (rest.Length < pieceEnd + MaximumTimeLength && !isLast && end == 0)
                return null;
            if (rest.Length >= pieceEnd && TakeTime(rest.Span[pieceEnd..], out _, out _) is not null)
                end = pieceEnd;
        }
        if (end == 0)
        {
            if (!isLast)
                return null;
            end = rest.Length;
        }
        var frame = Split(rest[..end], isError: false);
        rest = rest[end..];
        return frame;
    }

    static LogFrame Split(ReadOnlyMemory<byte> text, bool isError) =>
        TakeTime(text.Span, out var length, out var nanoseconds) is { } time
            ? new LogFrame(isError, time, text[length..]) { Nanoseconds = nanoseconds }
            : throw new InvalidDataException("The engine's log has a line without a time.");

    /// <summary>Reads the time at the start of a text, and the space behind it; null: there is none.</summary>
    static DateTimeOffset? TakeTime(ReadOnlySpan<byte> text, out int length, out int nanoseconds)
    {
        nanoseconds = 0;
        length = text[..Math.Min(text.Length, MaximumTimeLength)].IndexOf((byte)' ') + 1;
        return length > "2006-01-02T15:04:05Z".Length && text[10] == 'T' ? DockerTime.Parse(text[..(length - 1)], out nanoseconds) : null;
    }
}
