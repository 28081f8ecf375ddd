using System.Net;
using System.Net.Sockets;

namespace Kube.Http;

/// <summary>Connections into whose silence the system looks: HTTP/1.1 has no ping by which a watch could find out that nobody is there any more.</summary>
static class WatchedSocket
{
    const int Probes = 3;

    /// <param name="to">The server, or the proxy on the way.</param>
    /// <param name="ping">After how long a silence the other side is asked, and how long it may take to say that it is there.</param>
    /// <param name="cancel">Ends it.</param>
    public static async ValueTask<Stream> ConnectAsync(DnsEndPoint to, (TimeSpan Silence, TimeSpan Answer) ping, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, Seconds(ping.Silence));
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, Seconds(ping.Answer / Probes));
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, Probes);
            // An address needs no name server, and no machinery for one.
            EndPoint end = IPAddress.TryParse(to.Host, out var address) ? new IPEndPoint(address, to.Port) : to;
            await socket.ConnectAsync(end, cancel).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    static int Seconds(TimeSpan time) => Math.Max(1, (int)time.TotalSeconds);
}
