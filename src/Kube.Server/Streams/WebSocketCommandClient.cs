using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Threading.Channels;
using Kube.Agent.Runtime;
using Kube.Streams;

namespace Kube.Server.Streams;

/// <summary>A client that speaks <c>v5.channel.k8s.io</c> or one of its forerunners.</summary>
sealed class WebSocketCommandClient : CommandClient
{
    const int Stdin = 0, Stdout = 1, Stderr = 2, Error = 3, Resize = 4, Close = 255;

    readonly ChannelSocket _socket;
    readonly CommandProtocol _protocol;
    readonly Pipe _input = new(new PipeOptions(pauseWriterThreshold: 256 << 10, resumeWriterThreshold: 128 << 10, useSynchronizationContext: false));
    readonly Channel<TerminalSize> _sizes = Channel.CreateBounded<TerminalSize>(new BoundedChannelOptions(8) { FullMode = BoundedChannelFullMode.DropOldest });
    readonly CancellationTokenSource _gone = new();
    readonly Task _receiving;

    public WebSocketCommandClient(ChannelSocket socket, CommandProtocol protocol)
    {
        (_socket, _protocol) = (socket, protocol);
        Input = _input.Reader.AsStream();
        Gone = _gone.Token;
        _receiving = ReceiveAsync();
    }

    public override Stream Input { get; }

    public override IAsyncEnumerable<TerminalSize> Sizes => _sizes.Reader.ReadAllAsync();

    public override CancellationToken Gone { get; }

    public override async ValueTask WriteAsync(bool isError, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        try
        {
            await _socket.SendAsync(isError ? Stderr : Stdout, bytes, cancel);
        }
        catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException)
        {
            await _gone.CancelAsync();
            throw new OperationCanceledException("The client is gone.", e, Gone);
        }
    }

    public override async Task FinishAsync(CommandOutcome outcome)
    {
        // What still arrives is taken in and dropped, so that the client can end.
        await _input.Reader.CompleteAsync();
        var words = _protocol.HasStatus ? outcome.ToStatus() : outcome.ToText();
        try
        {
            if (words.Length > 0) await _socket.SendAsync(Error, words, Gone);
        }
        catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // Gone meanwhile: there is nobody to tell.
            return;
        }
        await _socket.CloseAsync(_receiving);
    }

    public override async ValueTask DisposeAsync()
    {
        await _input.Reader.CompleteAsync();
        await _socket.DisposeAsync();
        await _receiving;
    }

    async Task ReceiveAsync()
    {
        try
        {
            while (await _socket.ReceiveAsync(CancellationToken.None) is { } piece)
                switch (piece.Channel)
                {
                    case Stdin:
                        await _input.Writer.WriteAsync(piece.Bytes);
                        break;
                    case Resize when SizeReader.Parse(piece.Bytes) is { } size:
                        _sizes.Writer.TryWrite(size);
                        break;
                    case Close when _protocol.HasHalfClose && piece.Bytes.Span is [Stdin]:
                        await _input.Writer.CompleteAsync();
                        break;
                }
        }
        catch (Exception e) when (e is WebSocketException or IOException or InvalidDataException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // However it ends, the client is gone.
        }
        finally
        {
            await _input.Writer.CompleteAsync();
            _sizes.Writer.TryComplete();
            await _gone.CancelAsync();
        }
    }
}
