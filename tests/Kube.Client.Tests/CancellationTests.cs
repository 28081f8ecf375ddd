using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Kube.Tests;

/// <summary>A server stops in the middle of its answer, at any byte: who waits for the rest can go at once.</summary>
public class CancellationTests
{
    const string Body = """{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"7"},"items":[{"metadata":{"name":"a"}},{"metadata":{"name":"b"}}]}""";
    static readonly byte[] Answer = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Body.Length}\r\n\r\n{Body}");

    public static TheoryData<string> Calls => ["list", "get", "log", "watch", "discovery"];

    [Theory, MemberData(nameof(Calls))]
    public async Task At_any_byte(string call)
    {
        for (var bytes = 0; bytes < Answer.Length; bytes += 9)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            using var connection = new KubeConnection(new() { Server = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"), Name = "test" });
            using var stop = new CancellationTokenSource();
            var run = RunAsync(new KubeApi(connection), call, stop.Token);
            using var socket = await listener.AcceptSocketAsync().WaitAsync(TimeSpan.FromSeconds(60));
            await socket.ReceiveAsync(new byte[4096]).WaitAsync(TimeSpan.FromSeconds(60));
            await socket.SendAsync(Answer.AsMemory(0, bytes));
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(TimeSpan.FromSeconds(60)));
        }
    }

    static async Task RunAsync(KubeApi api, string call, CancellationToken cancel)
    {
        switch (call)
        {
            case "list":
                await foreach (var _ in api.ListAsync(KubeResources.Pods, null, new(), cancel)) { }
                break;
            case "get":
                await api.GetAsync(KubeResources.Pods, "a", "web", cancel);
                break;
            case "log":
                using (var log = await api.OpenLogAsync("a", "web", new(), cancel)) await log.CopyToAsync(Stream.Null, cancel);
                break;
            case "watch":
                await foreach (var _ in api.WatchAsync(KubeResources.Pods, null, new(), cancel)) { }
                break;
            case "discovery":
                await api.GetResourcesAsync(cancel);
                break;
        }
    }
}
