using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Text;
using Kube.Agent;
using Kube.Streams;

namespace Kube.Server.Streams;

/// <summary>
/// Port-forward in the channels of a WebSocket: for the n-th port of the query 2n carries its bytes and 2n+1 an error. The first message on each is the port, two
/// bytes, little-endian. It is one connection for each port. Under the name of the fifth version a client can end its half of a connection, by channel 255 as with
/// commands: an addition of Kube's, as Kubernetes' own channels have no way to say it.
/// </summary>
sealed class ForwardChannels(ChannelSocket socket, int[] ports) : IAsyncDisposable
{
    const int Close = 255;

    readonly Pipe[] _inputs = [.. ports.Select(_ => new Pipe(new PipeOptions(pauseWriterThreshold: 1 << 20, resumeWriterThreshold: 512 << 10, useSynchronizationContext: false)))];

    public static string[] Protocols { get; } = ["v5.channel.k8s.io", "v4.channel.k8s.io", "v4.base64.channel.k8s.io"];

    public static bool IsBase64(string protocol) => protocol == Protocols[2];

    /// <summary>The first of the client's protocols that is known; empty where it offers none; null where it knows others.</summary>
    public static string? Choose(IList<string> offered) => offered.Count == 0 ? "" : offered.FirstOrDefault(Protocols.Contains);

    /// <summary>Carries bytes until all connections have ended, or the client is gone.</summary>
    public async Task RunAsync(NodePod pod, CancellationToken stopping)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var receiving = ReceiveAsync(ended);
        try
        {
            for (var i = 0; i < ports.Length; i++)
            {
                var port = new byte[2];
                BinaryPrimitives.WriteUInt16LittleEndian(port, (ushort)ports[i]);
                await socket.SendAsync(2 * i, port, ended.Token);
                await socket.SendAsync(2 * i + 1, port, ended.Token);
            }
            await Task.WhenAll(ports.Select((port, i) => ForwardAsync(pod, port, i, ended.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or IOException or ObjectDisposedException)
        {
            // The client is gone, or the server goes.
        }
        foreach (var input in _inputs) await input.Reader.CompleteAsync();
        await socket.CloseAsync(receiving);
        await ended.CancelAsync();
        await receiving;
    }

    public ValueTask DisposeAsync() => socket.DisposeAsync();

    async Task ForwardAsync(NodePod pod, int port, int index, CancellationToken cancel)
    {
        try
        {
            await pod.ConnectAsync(port, _inputs[index].Reader.AsStream(), bytes => socket.SendAsync(2 * index, bytes, cancel), cancel);
        }
        catch (NodeEndpointException e)
        {
            await socket.SendAsync(2 * index + 1, Encoding.UTF8.GetBytes($"error forwarding port {port}: {e.Message}"), cancel);
        }
    }

    Pipe? Input(int channel) => channel % 2 == 0 && channel / 2 < _inputs.Length ? _inputs[channel / 2] : null;

    async Task ReceiveAsync(CancellationTokenSource ended)
    {
        try
        {
            while (await socket.ReceiveAsync(ended.Token) is { } piece)
                switch (piece.Channel)
                {
                    case Close when piece.Bytes.Span is [var channel] && Input(channel) is { } over:
                        await over.Writer.CompleteAsync();
                        break;
                    case not Close when Input(piece.Channel) is { } input:
                        await input.Writer.WriteAsync(piece.Bytes, ended.Token);
                        break;
                }
        }
        catch (Exception e) when (e is WebSocketException or IOException or InvalidDataException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // However it ends, the client is gone.
        }
        finally
        {
            foreach (var input in _inputs) await input.Writer.CompleteAsync();
            await ended.CancelAsync();
        }
    }
}
