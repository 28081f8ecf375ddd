using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;

namespace Kube.Http;

/// <summary>
/// Opens a WebSocket by a request of Kube's own, so that it goes the way of all others (identity, TLS, proxy, errors with their Status), which .NET's client does not
/// offer.
/// </summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc6455#section-4.1</remarks>
static class SocketHandshake
{
    const string KeyHeader = "Sec-WebSocket-Key", AcceptHeader = "Sec-WebSocket-Accept", ProtocolHeader = "Sec-WebSocket-Protocol";
    const string Guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// <summary>Makes a request one for a WebSocket.</summary>
    public static void Ask(HttpRequestMessage message, IReadOnlyList<string> protocols)
    {
        message.Version = HttpVersion.Version11;
        message.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        message.Headers.Connection.Add("Upgrade");
        message.Headers.TryAddWithoutValidation("Upgrade", "websocket");
        message.Headers.TryAddWithoutValidation("Sec-WebSocket-Version", "13");
        message.Headers.TryAddWithoutValidation(KeyHeader, Convert.ToBase64String(RandomNumberGenerator.GetBytes(16)));
        message.Headers.TryAddWithoutValidation(ProtocolHeader, string.Join(", ", protocols));
    }

    /// <summary>Makes the connection of an answer a WebSocket.</summary>
    /// <exception cref="KubeOperationException">The server has answered with something else.</exception>
    public static async Task<WebSocket> OpenAsync(HttpResponseMessage answer, IReadOnlyList<string> protocols, Uri server, CancellationToken cancel)
    {
        var protocol = Header(answer, ProtocolHeader);
        var key = answer.RequestMessage!.Headers.GetValues(KeyHeader).Single();
        if (answer.StatusCode != HttpStatusCode.SwitchingProtocols || Header(answer, AcceptHeader) != Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Guid))))
            throw Refuse(server, $"it answers {(int)answer.StatusCode} without a WebSocket");
        if (protocol is null || !protocols.Contains(protocol)) throw Refuse(server, $"it speaks {protocol ?? "none"} of the protocols {string.Join(", ", protocols)}");
        var stream = await answer.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        return WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { SubProtocol = protocol, KeepAliveInterval = TimeSpan.FromSeconds(30) });
    }

    /// <summary>A refusal in other words, where it means that the far side takes SPDY alone. What has no Status is the word of whoever opens streams, who knows no objects.</summary>
    public static KubeOperationException? Explain(KubeStatus refusal, Uri server) =>
        refusal is { Code: 426 } or { IsMadeUp: true, Code: 400 or 403 or 501 } || refusal.Message.Contains("unable to upgrade", StringComparison.OrdinalIgnoreCase) || refusal.Message.Contains("upgrade request required", StringComparison.OrdinalIgnoreCase)
            ? Refuse(server, $"it says: {refusal.Message}") : null;

    public static KubeOperationException Refuse(Uri server, string why) =>
        new(new KubeStatus(400, KubeStatus.StreamUnsupported, $"{KubeConnection.Show(server)} opens no stream over a WebSocket that Kube speaks: {why}. It may speak SPDY alone."));

    static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
