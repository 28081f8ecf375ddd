using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using Kube.Agent;
using Kube.Server.Api;
using Kube.Server.Streams.Spdy;
using Kube.Streams;

namespace Kube.Server.Streams;

/// <summary>Ports of a pod for a client: in streams of SPDY, with or without a WebSocket around it, or in the channels of a WebSocket.</summary>
static class ForwardSession
{
    const string Version = "portforward.k8s.io";
    const string Tunnel = "SPDY/3.1+" + Version;

    public static async Task RunAsync(HttpContext context, NodePod pod)
    {
        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        if (StreamUpgrade.IsSpdy(context))
        {
            if (StreamUpgrade.Offered(context).Any() && !StreamUpgrade.Offered(context).Contains(Version)) throw StreamUpgrade.NoneInCommon(context, [Version]);
            await using var connection = await StreamUpgrade.AcceptSpdyAsync(context, Version);
            await RunAsync(connection, pod, stopping);
            return;
        }
        var offered = context.WebSockets.WebSocketRequestedProtocols;
        if (offered.Contains(Tunnel))
        {
            using var socket = await StreamUpgrade.AcceptSocketAsync(context, Tunnel);
            await using var connection = new SpdyConnection(WebSocketStream.Create(socket, WebSocketMessageType.Binary, closeTimeout: TimeSpan.FromSeconds(1)));
            await RunAsync(connection, pod, stopping);
            return;
        }
        var protocol = ForwardChannels.Choose(offered) ?? throw StreamUpgrade.NoneInCommon(context, [Tunnel, .. ForwardChannels.Protocols]);
        var ports = Ports(context.Request.Query);
        await using var channels = new ForwardChannels(new ChannelSocket(await StreamUpgrade.AcceptSocketAsync(context, protocol), ForwardChannels.IsBase64(protocol)), ports);
        await channels.RunAsync(pod, stopping);
    }

    /// <summary>The ports that a query asks for; the channels of a WebSocket are numbered by them.</summary>
    internal static int[] Ports(IQueryCollection query)
    {
        // The second name is the one by which Kubernetes' API server asks nodes.
        var texts = query["ports"].Concat(query["port"]).SelectMany(ports => (ports ?? "").Split(',')).ToArray();
        if (texts.Length == 0) throw Failures.BadRequest("query parameter \"port\" is required: ports=80 for each port");
        return [.. texts.Select(text => ParsePort(text) ?? throw Failures.BadRequest($"unable to parse \"{text}\" as a port: 1 to 65535 is expected"))];
    }

    internal static int? ParsePort(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535 ? port : null;

    /// <summary>Each connection is a pair of streams, of the types error and data, with one request id.</summary>
    static async Task RunAsync(SpdyConnection connection, NodePod pod, CancellationToken stopping)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(connection.Gone, stopping);
        var running = connection.RunAsync(ended.Token);
        var halves = new Dictionary<string, SpdyStream>();
        var forwards = new ConcurrentDictionary<SpdyStream, Task>();
        try
        {
            await foreach (var stream in connection.Opened.ReadAllAsync(ended.Token))
            {
                var request = stream.Headers.GetValueOrDefault("requestid", "");
                if (!halves.Remove(request, out var other))
                {
                    halves[request] = stream;
                    continue;
                }
                var (data, error) = stream.Headers.GetValueOrDefault("streamtype") == "error" ? (other, stream) : (stream, other);
                forwards[data] = Task.Run(async () =>
                {
                    await ForwardAsync(pod, data, error, ended.Token);
                    forwards.TryRemove(data, out _);
                });
            }
        }
        catch (OperationCanceledException)
        {
            // The client is gone, or the server goes.
        }
        await ended.CancelAsync();
        await connection.DisposeAsync();
        await Task.WhenAll([running, .. forwards.Values]);
    }

    static async Task ForwardAsync(NodePod pod, SpdyStream data, SpdyStream error, CancellationToken cancel)
    {
        using var given = CancellationTokenSource.CreateLinkedTokenSource(cancel, data.Reset);
        try
        {
            if (ParsePort(data.Headers.GetValueOrDefault("port")) is not { } port)
                await error.WriteAsync("the stream names no port"u8.ToArray(), given.Token);
            else
                try
                {
                    await pod.ConnectAsync(port, data.Input, bytes => data.WriteAsync(bytes, given.Token), given.Token);
                }
                catch (NodeEndpointException e)
                {
                    await error.WriteAsync(Encoding.UTF8.GetBytes($"error forwarding port {port}: {e.Message}"), given.Token);
                }
            await data.EndAsync(given.Token);
            await error.EndAsync(given.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException or WebSocketException)
        {
            // The client has given this connection up, or is gone.
        }
        finally
        {
            data.Dispose();
            error.Dispose();
        }
    }
}
