using System.Net.WebSockets;
using Kube.Server.Api;
using Kube.Server.Streams.Spdy;
using Kube.Streams;
using Microsoft.AspNetCore.Http.Features;

namespace Kube.Server.Streams;

/// <summary>Takes connections over for streams, as a WebSocket or as SPDY.</summary>
static class StreamUpgrade
{
    public const string VersionHeader = "X-Stream-Protocol-Version";

    const string AcceptedHeader = "X-Accepted-Stream-Protocol-Versions";
    const string SpdyProtocol = "SPDY/3.1";

    public static bool IsSpdy(HttpContext context) =>
        context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } && context.Request.Headers.Upgrade.ToString().Equals(SpdyProtocol, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a request asks for a connection of another protocol at all.</summary>
    /// <exception cref="StatusException">It does not.</exception>
    public static void Require(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest && !IsSpdy(context)) throw Failures.BadRequest("Upgrade request required: this is a stream, over a WebSocket or SPDY/3.1");
    }

    /// <summary>Takes over a connection for a command.</summary>
    /// <returns>Null where the client does not open its streams.</returns>
    /// <exception cref="StatusException">Client and server have no protocol in common.</exception>
    public static async Task<CommandClient?> AcceptCommandAsync(HttpContext context, CommandQuery query)
    {
        if (IsSpdy(context))
        {
            var protocol = CommandProtocol.Choose(CommandProtocol.Spdy, Offered(context)) ?? throw NoneInCommon(context, CommandProtocol.Spdy.Select(p => p.Name));
            return await SpdyCommandClient.OpenAsync(await AcceptSpdyAsync(context, protocol.Name), protocol, query);
        }
        var requested = context.WebSockets.WebSocketRequestedProtocols;
        var chosen = CommandProtocol.Choose(CommandProtocol.WebSocket, requested) ?? throw NoneInCommon(context, CommandProtocol.WebSocket.Select(p => p.Name));
        var socket = new ChannelSocket(await AcceptSocketAsync(context, chosen.Name), chosen.IsBase64);
        var client = new WebSocketCommandClient(socket, chosen);
        // As Kubernetes does: tells the client that the connection is there.
        await client.WriteAsync(isError: false, ReadOnlyMemory<byte>.Empty, CancellationToken.None);
        return client;
    }

    public static async Task<WebSocket> AcceptSocketAsync(HttpContext context, string protocol)
    {
        // .NET's own parameter refuses names with a slash.
        if (protocol.Length > 0) context.Response.Headers.SecWebSocketProtocol = protocol;
        return await context.WebSockets.AcceptWebSocketAsync();
    }

    public static async Task<SpdyConnection> AcceptSpdyAsync(HttpContext context, string version)
    {
        context.Response.Headers.Upgrade = SpdyProtocol;
        if (version.Length > 0) context.Response.Headers[VersionHeader] = version;
        return new SpdyConnection(await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync());
    }

    /// <summary>The versions that a SPDY client offers, best first.</summary>
    public static IEnumerable<string> Offered(HttpContext context) =>
        context.Request.Headers[VersionHeader].SelectMany(versions => (versions ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    public static StatusException NoneInCommon(HttpContext context, IEnumerable<string> known)
    {
        var names = known.Where(name => name.Length > 0).ToArray();
        context.Response.Headers[AcceptedHeader] = names;
        return new StatusException(new Status(403, "Forbidden", $"unable to upgrade: the client offers no protocol that is known here: {string.Join(", ", names)}"));
    }
}
