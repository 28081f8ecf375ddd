using System.Net.WebSockets;
using System.Text;

namespace Kube.Streams;

/// <summary>One connection to a port of a pod. One reader and one writer at a time.</summary>
public sealed class PodPortStream : Stream
{
    const int Data = 0, Error = 1, HalfClose = 255;
    const int PortLength = 2;

    readonly ChannelSocket _channels;
    readonly string _what;
    // Each channel begins with its port.
    readonly int[] _toSkip = [PortLength, PortLength];
    ReadOnlyMemory<byte> _rest;

    internal PodPortStream(WebSocket socket, string what)
    {
        CanEndWriting = socket.SubProtocol == KubeCommand.Newest;
        _what = what;
        _channels = new ChannelSocket(socket, base64: false);
    }

    /// <summary>Whether the other side can be told that no more will be written while it is still read from: Kube's own clusters can.</summary>
    public bool CanEndWriting { get; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Tells that no more will be written, where <see cref="CanEndWriting"/>; else nothing happens.</summary>
    /// <param name="cancel">Ends the wait, and with it the connection.</param>
    public async ValueTask EndWritingAsync(CancellationToken cancel)
    {
        if (CanEndWriting) await SendAsync(HalfClose, new byte[] { Data }, cancel).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_rest.IsEmpty)
        {
            ChannelPiece? piece;
            try
            {
                piece = await _channels.ReceiveAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is WebSocketException or IOException or InvalidDataException or ObjectDisposedException)
            {
                throw new KubeStreamException($"{_what} broke off.", e);
            }
            if (piece is not { Channel: Data or Error, Bytes: var bytes } known)
            {
                if (piece is null) return 0;
                continue;
            }
            var skip = Math.Min(_toSkip[known.Channel], bytes.Length);
            _toSkip[known.Channel] -= skip;
            bytes = bytes[skip..];
            if (known.Channel == Error && !bytes.IsEmpty) throw new KubeStreamException($"{_what} failed: {Encoding.UTF8.GetString(bytes.Span).Trim()}");
            _rest = bytes;
        }
        var part = Math.Min(buffer.Length, _rest.Length);
        _rest.Span[..part].CopyTo(buffer.Span);
        _rest = _rest[part..];
        return part;
    }

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => SendAsync(Data, buffer, cancellationToken);

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => WriteAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override void Flush() { }

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // Closing the socket waits for nobody.
        if (disposing) _channels.DisposeAsync().AsTask().GetAwaiter().GetResult();
        base.Dispose(disposing);
    }

    async ValueTask SendAsync(int channel, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        try
        {
            await _channels.SendAsync(channel, bytes, cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException)
        {
            throw new KubeStreamException($"{_what} broke off.", e);
        }
    }
}
