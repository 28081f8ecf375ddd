using System.Buffers;
using System.Buffers.Text;
using System.Net.WebSockets;

namespace Kube.Server.Streams;

/// <summary>
/// Kubernetes' channels over a WebSocket: the first byte of a message is its channel's number, the rest belongs to that channel. In the base64 form the number is a
/// digit and the rest is base64. Sending is thread-safe; one reader receives.
/// </summary>
sealed class ChannelSocket(WebSocket socket, bool base64) : IAsyncDisposable
{
    // Kubernetes' clients send 32 KiB at a time; a base64 message is kept whole and may not be endless.
    const int BufferBytes = 64 << 10;
    const int MaxTextBytes = 4 << 20;

    static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    readonly SemaphoreSlim _sending = new(1);
    byte[] _buffer = new byte[BufferBytes];
    int? _channel;

    /// <summary>A piece of what arrives.</summary>
    /// <param name="Channel">Its channel.</param>
    /// <param name="Bytes">Good until the next piece is received.</param>
    public readonly record struct Piece(int Channel, ReadOnlyMemory<byte> Bytes);

    /// <summary>The next piece; null when the client is done. A message may come in several pieces.</summary>
    public async ValueTask<Piece?> ReceiveAsync(CancellationToken cancel)
    {
        var length = 0;
        while (true)
        {
            if (length == _buffer.Length)
            {
                if (length >= MaxTextBytes) throw new InvalidDataException("The message is too long.");
                Array.Resize(ref _buffer, length * 2);
            }
            var received = await socket.ReceiveAsync(_buffer.AsMemory(length), cancel);
            if (received.MessageType == WebSocketMessageType.Close) return null;
            length += received.Count;
            if (base64 ? !received.EndOfMessage : length == 0 && !received.EndOfMessage) continue;
            var start = 0;
            if (_channel is null)
            {
                if (length == 0) throw new InvalidDataException("The message names no channel.");
                _channel = base64 ? _buffer[0] - '0' : _buffer[0];
                start = 1;
            }
            var piece = new Piece(_channel.Value, _buffer.AsMemory(start, length - start));
            if (received.EndOfMessage) _channel = null;
            return base64 ? piece with { Bytes = Decode(piece.Bytes.Span) } : piece;
        }
    }

    public async ValueTask SendAsync(int channel, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        var room = 1 + (base64 ? Base64.GetMaxEncodedToUtf8Length(bytes.Length) : bytes.Length);
        var message = ArrayPool<byte>.Shared.Rent(room);
        try
        {
            message[0] = (byte)(base64 ? '0' + channel : channel);
            var length = bytes.Length;
            if (base64) Base64.EncodeToUtf8(bytes.Span, message.AsSpan(1), out _, out length);
            else bytes.Span.CopyTo(message.AsSpan(1));
            await _sending.WaitAsync(cancel);
            try
            {
                await socket.SendAsync(message.AsMemory(0, 1 + length), base64 ? WebSocketMessageType.Text : WebSocketMessageType.Binary, endOfMessage: true, cancel);
            }
            finally
            {
                _sending.Release();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(message);
        }
    }

    /// <summary>Says goodbye and waits a moment for the client to do so too: until then it may be reading.</summary>
    public async Task CloseAsync(Task receiving)
    {
        using var limit = new CancellationTokenSource(Farewell);
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
            await receiving.WaitAsync(limit.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            // It is gone already, or has stopped listening.
        }
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    static byte[] Decode(ReadOnlySpan<byte> text)
    {
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        return Base64.DecodeFromUtf8(text, bytes, out _, out var length) == OperationStatus.Done ? bytes[..length] : throw new InvalidDataException("The message is not base64.");
    }
}
