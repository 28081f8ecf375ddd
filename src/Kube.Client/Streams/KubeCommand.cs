using System.Net.WebSockets;
using System.Text;
using Kube.Http;

namespace Kube.Streams;

/// <summary>
/// A command that runs in a container, or the container's own program that was joined, with its streams. One reader reads; writing is thread-safe. Disposing it ends
/// the connection at once: the command gets the end of its standard input and nobody listens to it any more.
/// </summary>
public sealed class KubeCommand : IAsyncDisposable
{
    internal const string Newest = "v5.channel.k8s.io", Older = "v4.channel.k8s.io";

    const int Stdin = 0, Stdout = 1, Stderr = 2, Status = 3, Resize = 4, Close = 255;

    readonly ChannelSocket _channels;
    readonly string _what;
    readonly MemoryStream _status = new();

    internal KubeCommand(WebSocket socket, string what)
    {
        CanEndInput = socket.SubProtocol == Newest;
        _what = what;
        _channels = new ChannelSocket(socket, base64: false);
    }

    /// <summary>Whether the server can be told that standard input is at its end: Kubernetes from 1.30 on can.</summary>
    public bool CanEndInput { get; }

    /// <summary>The exit code; null until <see cref="ReadAsync"/> has come to the end.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>The next piece of output; null at the end, when <see cref="ExitCode"/> is known.</summary>
    /// <param name="cancel">Ends the wait, and with it the connection.</param>
    /// <exception cref="KubeOperationException">The server could not run the command.</exception>
    /// <exception cref="KubeStreamException">The connection broke off: nobody knows how the command has ended.</exception>
    public async ValueTask<KubeCommandOutput?> ReadAsync(CancellationToken cancel)
    {
        try
        {
            while (await _channels.ReceiveAsync(cancel).ConfigureAwait(false) is { } piece)
                switch (piece.Channel)
                {
                    case Stdout or Stderr when piece.Bytes.Length > 0:
                        return new KubeCommandOutput(piece.Channel == Stderr, piece.Bytes);
                    case Status:
                        _status.Write(piece.Bytes.Span);
                        break;
                }
        }
        // Some servers drop the connection behind the status without a goodbye.
        catch (Exception e) when (e is WebSocketException or IOException or InvalidDataException && _status.Length == 0 && !cancel.IsCancellationRequested)
        {
            throw new KubeStreamException($"{_what} broke off before its end.", e);
        }
        catch (Exception e) when (e is WebSocketException or IOException && cancel.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancel);
        }
        catch (Exception e) when (e is WebSocketException or IOException or InvalidDataException)
        {
            // The status is here.
        }
        ExitCode = ReadExitCode();
        return null;
    }

    /// <summary>Writes to standard input.</summary>
    /// <param name="bytes">What.</param>
    /// <param name="cancel">Ends the wait, and with it the connection.</param>
    /// <exception cref="KubeStreamException">The connection broke off.</exception>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel) => SendAsync(Stdin, bytes, cancel);

    /// <summary>Tells that standard input is at its end, where <see cref="CanEndInput"/>; else nothing happens.</summary>
    /// <inheritdoc cref="WriteAsync"/>
    public ValueTask EndInputAsync(CancellationToken cancel) => CanEndInput ? SendAsync(Close, new byte[] { Stdin }, cancel) : ValueTask.CompletedTask;

    /// <summary>Sets the size of the terminal.</summary>
    /// <param name="columns">Characters in a line.</param>
    /// <param name="rows">Lines.</param>
    /// <param name="cancel">Ends the wait, and with it the connection.</param>
    /// <exception cref="KubeStreamException">The connection broke off.</exception>
    public ValueTask ResizeAsync(int columns, int rows, CancellationToken cancel) =>
        SendAsync(Resize, Encoding.ASCII.GetBytes($$"""{"Width":{{columns}},"Height":{{rows}}}""" + "\n"), cancel);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _channels.DisposeAsync();

    async ValueTask SendAsync(int channel, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        try
        {
            await _channels.SendAsync(channel, bytes, cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException)
        {
            throw new KubeStreamException($"{_what} takes no more input: the connection broke off.", e);
        }
    }

    int ReadExitCode()
    {
        if (_status.Length == 0) throw new KubeStreamException($"{_what} ended without a word on how: the connection was closed before its time.");
        if (ExecStatus.ReadExitCode(_status.ToArray()) is { } exitCode) return exitCode;
        throw new KubeOperationException(StatusReader.Read(_status.ToArray(), 500, null, null));
    }
}

/// <summary>A piece of what a command writes.</summary>
/// <param name="IsError">Whether it was written to standard error.</param>
/// <param name="Bytes">Good until the next piece is read.</param>
public readonly record struct KubeCommandOutput(bool IsError, ReadOnlyMemory<byte> Bytes);
