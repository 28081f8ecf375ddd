using Kube.Tests.Http;

namespace Kube.Tests.Streams;

public class HandshakeTests
{
    [Theory]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\nX-Stream-Protocol-Version: v4.channel.k8s.io\r\n\r\n", "101 without a WebSocket")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}", "200 without a WebSocket")]
    [InlineData("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", "403 Forbidden")]
    [InlineData("HTTP/1.1 400 Bad Request\r\nContent-Length: 24\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\nUpgrade request required", "Upgrade request required")]
    public async Task Whoever_speaks_SPDY_alone_is_told_by_name(string answer, string said)
    {
        using var server = new RawServer(answer);
        using var connection = new KubeConnection(new KubeConnectionOptions { Server = server.Address, Name = "test" });
        var api = new KubeApi(connection);
        foreach (var open in new Func<Task>[]
        {
            () => api.ExecAsync("a", "web", new ExecOptions(["true"]), TestContext.Current.CancellationToken),
            () => api.ExecAsync("a", "web", new ExecOptions(["cat"]) { Stdin = true }, TestContext.Current.CancellationToken),
            () => api.AttachAsync("a", "web", new AttachOptions(), TestContext.Current.CancellationToken),
            () => api.OpenPortAsync("a", "web", 80, TestContext.Current.CancellationToken),
        })
        {
            var refused = await Assert.ThrowsAsync<KubeOperationException>(open);
            Assert.Equal(KubeStatus.StreamUnsupported, refused.Status.Reason);
            Assert.Contains(said, refused.Message, StringComparison.Ordinal);
        }
    }
}
