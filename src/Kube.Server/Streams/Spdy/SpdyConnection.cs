using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Kube.Server.Streams.Spdy;

/// <summary>
/// The server's side of SPDY/3.1 as Kubernetes' clients speak it: they open streams, and each carries bytes both ways until either side ends it. They know no
/// flow control within the connection, so none is asked of them.
/// </summary>
sealed class SpdyConnection(Stream transport) : IAsyncDisposable
{
    const int MaxControlBytes = 64 << 10;
    const int MaxStreams = 4096;
    const uint ProtocolError = 1;

    readonly ConcurrentDictionary<int, SpdyStream> _streams = new();
    readonly Channel<SpdyStream> _opened = Channel.CreateUnbounded<SpdyStream>();
    readonly SemaphoreSlim _sending = new(1);
    readonly CancellationTokenSource _gone = new();
    readonly SpdyHeaders _headers = new();
    int _newest;

    /// <summary>The streams that the client opens, in order; it ends with the connection.</summary>
    public ChannelReader<SpdyStream> Opened => _opened.Reader;

    /// <summary>Cancelled when the client is gone.</summary>
    public CancellationToken Gone => _gone.Token;

    /// <summary>Takes in what the client sends, until it is gone.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        try
        {
            var header = new byte[SpdyFrame.HeaderLength];
            while (await transport.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancel) == header.Length)
            {
                var frame = SpdyFrame.Read(header);
                await (frame.Type is null ? ReceiveDataAsync(frame, cancel) : ReceiveControlAsync(frame, cancel));
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException or OperationCanceledException or ObjectDisposedException or System.Net.WebSockets.WebSocketException)
        {
            // However it ends, the client is gone for those who use its streams.
        }
        finally
        {
            foreach (var stream in _streams.Values) stream.Abandon();
            _opened.Writer.TryComplete();
            await _gone.CancelAsync();
        }
    }

    public ValueTask SendDataAsync(int id, ReadOnlyMemory<byte> bytes, bool last, CancellationToken cancel) =>
        SendAsync(new SpdyFrame(null, id, last ? SpdyFrame.Fin : (byte)0, bytes.Length), bytes, cancel);

    /// <summary>Drops a stream that both sides have ended.</summary>
    public void Forget(SpdyStream stream)
    {
        if (stream.IsOver) _streams.TryRemove(stream.Id, out _);
    }

    public async ValueTask DisposeAsync()
    {
        await transport.DisposeAsync();
        _headers.Dispose();
    }

    async Task ReceiveDataAsync(SpdyFrame frame, CancellationToken cancel)
    {
        _streams.TryGetValue(frame.StreamId, out var stream);
        for (var left = frame.Length; left > 0;)
        {
            var writer = stream?.Arriving;
            var memory = writer?.GetMemory(Math.Min(left, 16 << 10)) ?? new byte[Math.Min(left, 16 << 10)];
            var read = await transport.ReadAsync(memory[..Math.Min(left, memory.Length)], cancel);
            if (read == 0) throw new EndOfStreamException();
            left -= read;
            if (writer is null) continue;
            writer.Advance(read);
            if ((await writer.FlushAsync(cancel)).IsCompleted) stream!.EndInput();
        }
        if (stream is null || !frame.IsLast) return;
        stream.EndInput();
        Forget(stream);
    }

    async Task ReceiveControlAsync(SpdyFrame frame, CancellationToken cancel)
    {
        if (frame.Length > MaxControlBytes) throw new InvalidDataException("The frame is too long.");
        var body = new byte[frame.Length];
        await transport.ReadExactlyAsync(body, cancel);
        switch (frame.Type)
        {
            case SpdyFrameType.SynStream when body.Length >= 10:
                await OpenAsync(Id(body), _headers.Read(body.AsSpan(10)), frame.IsLast, cancel);
                break;
            case SpdyFrameType.Headers when body.Length >= 4:
                // Nothing is made of them, but what follows is packed on top.
                _headers.Read(body.AsSpan(4));
                break;
            case SpdyFrameType.RstStream when body.Length >= 4:
                if (_streams.TryRemove(Id(body), out var given)) given.Abandon();
                break;
            case SpdyFrameType.Ping:
                await SendAsync(frame with { Flags = 0 }, body, cancel);
                break;
        }
    }

    async Task OpenAsync(int id, Dictionary<string, string> headers, bool last, CancellationToken cancel)
    {
        if (id <= _newest || id % 2 == 0 || _streams.Count >= MaxStreams)
        {
            var refusal = new byte[8];
            BinaryPrimitives.WriteInt32BigEndian(refusal, id);
            BinaryPrimitives.WriteUInt32BigEndian(refusal.AsSpan(4), ProtocolError);
            await SendAsync(new SpdyFrame(SpdyFrameType.RstStream, 0, 0, refusal.Length), refusal, cancel);
            return;
        }
        _newest = id;
        var stream = new SpdyStream(this, id, headers);
        stream.Open();
        if (last) stream.EndInput();
        _streams[id] = stream;
        var reply = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(reply, id);
        byte[] body = [.. reply, .. _headers.WriteEmpty()];
        await SendAsync(new SpdyFrame(SpdyFrameType.SynReply, 0, 0, body.Length), body, cancel);
        _opened.Writer.TryWrite(stream);
    }

    static int Id(ReadOnlySpan<byte> body) => (int)(BinaryPrimitives.ReadUInt32BigEndian(body) & 0x7FFF_FFFF);

    async ValueTask SendAsync(SpdyFrame frame, ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        var length = SpdyFrame.HeaderLength + body.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            frame.Write(buffer);
            body.Span.CopyTo(buffer.AsSpan(SpdyFrame.HeaderLength));
            await _sending.WaitAsync(cancel);
            try
            {
                await transport.WriteAsync(buffer.AsMemory(0, length), cancel);
                await transport.FlushAsync(cancel);
            }
            finally
            {
                _sending.Release();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
