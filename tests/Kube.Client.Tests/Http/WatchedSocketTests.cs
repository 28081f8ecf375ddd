using System.Net;
using System.Net.Sockets;
using Kube.Http;

namespace Kube.Tests.Http;

public class WatchedSocketTests
{
    [Fact]
    public async Task The_system_looks_into_its_silence()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var stream = (NetworkStream)await WatchedSocket.ConnectAsync(
            new DnsEndPoint("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port), (TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(15)), TestContext.Current.CancellationToken);

        int Option(SocketOptionLevel level, SocketOptionName name) => (int)stream.Socket.GetSocketOption(level, name)!;
        Assert.NotEqual(0, Option(SocketOptionLevel.Socket, SocketOptionName.KeepAlive));
        Assert.Equal((30, 5, 3), (Option(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime), Option(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval), Option(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount)));
        Assert.True(stream.Socket.NoDelay);
    }
}
