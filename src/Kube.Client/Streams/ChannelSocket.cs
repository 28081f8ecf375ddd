using System.Buffers;
using System.Buffers.Text;
using System.Net.WebSockets;

namespace Kube.Streams;

/// <summary>
/// Kubernetes' channels over a WebSocket: the first byte of a message is its channel's number, the rest belongs to that channel. In the base64 form the number is a
/// digit and the rest is base64. Sending is thread-safe; one reader receives.
/// </summary>
/// <param name="socket">The connection, of either side. It is disposed with this.</param>
/// <param name="base64">Whether messages are text.</param>
public sealed class ChannelSocket(WebSocket socket, bool base64) : IAsyncDisposable
{
    // Kubernetes' clients send 32 KiB at a time; a base64 message is kept whole and may not be endless.
    const int BufferBytes = 64 << 10;
    const int MaxTextBytes = 4 << 20;

    static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    readonly SemaphoreSlim _sending = new(1);
    byte[] _buffer = new byte[BufferBytes];
    int? _channel;

    /// <summary>The next piece of a message; null when the other side has said goodbye.</summary>
    /// <param name="cancel">Ends the wait, and with it the connection.</param>
    /// <exception cref="WebSocketException">The connection broke off.</exception>
    /// <exception cref="InvalidDataException">What arrives is not of this protocol.</exception>
    public async ValueTask<ChannelPiece?> ReceiveAsync(CancellationToken cancel)
    {
        var length = 0;
        while (true)
        {
            if (length == _buffer.Length)
            {
                if (length >= MaxTextBytes) throw new InvalidDataException("The message is too long.");
                Array.Resize(ref _buffer, length * 2);
            }
            var received = await socket.ReceiveAsync(_buffer.AsMemory(length), cancel).ConfigureAwait(false);
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
            var piece = new ChannelPiece(_channel.Value, _buffer.AsMemory(start, length - start));
            if (received.EndOfMessage) _channel = null;
            return base64 ? piece with { Bytes = Decode(piece.Bytes.Span) } : piece;
        }
    }

    /// <summary>Sends one message.</summary>
    /// <param name="channel">Its channel, 0 to 255; in the base64 form 0 to 9.</param>
    /// <param name="bytes">What belongs to the channel.</param>
    /// <param name="cancel">Ends the wait, and with it the connection.</param>
    /// <exception cref="WebSocketException">The connection broke off.</exception>
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
            await _sending.WaitAsync(cancel).ConfigureAwait(false);
            try
            {
                await socket.SendAsync(message.AsMemory(0, 1 + length), base64 ? WebSocketMessageType.Text : WebSocketMessageType.Binary, endOfMessage: true, cancel).ConfigureAwait(false);
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

    /// <summary>Says goodbye and waits a moment, two seconds at the most, for the other side to do so too: until then it may be reading.</summary>
    /// <param name="receiving">What receives until the end.</param>
    public async Task CloseAsync(Task receiving)
    {
        using var limit = new CancellationTokenSource(Farewell);
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token).ConfigureAwait(false);
            await receiving.WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            // It is gone already, or has stopped listening.
        }
    }

    /// <summary>Closes the connection at once.</summary>
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
