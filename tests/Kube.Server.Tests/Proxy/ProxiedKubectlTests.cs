using System.Net;
using System.Text;
using Kube.Config;
using Kube.Manifests;
using Kube.Server.Tests.Clients;
using Kube.Server.Tests.Hosting;
using Kube.Yaml;

namespace Kube.Server.Tests.Proxy;

/// <summary>The real kubectl through the proxy, by the kubeconfig that the proxy writes: to the lab's Kubernetes, which opens SPDY streams, and to the embedded server, which opens WebSockets.</summary>
public sealed class ProxiedKubectlTests : IAsyncDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("kube-proxied-").FullName;
    readonly List<ServerProcess> _processes = [];

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Streams_of_SPDY_and_logs_go_through_to_a_real_Kubernetes()
    {
        var kubeconfig = Lab.Require("KUBE_LAB_KUBERNETES_KUBECONFIG");
        var image = Lab.Require("KUBE_LAB_IMAGE");
        YamlProvider.Use(new KubeYaml());
        var place = "proxied-" + Guid.NewGuid().ToString("N")[..8];
        using var direct = new KubeConnection(KubeConfig.Load(kubeconfig).Resolve());
        var api = new KubeApi(direct);
        await api.CreateAsync(KubeResources.Namespaces, null, Encoding.UTF8.GetBytes($$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{place}}}"}}"""), new WriteOptions(), Cancel);
        try
        {
            var proxy = await StartAsync("open", kubeconfig, "--reject-paths", "^$");
            using var kubectl = new Kubectl(proxy.Kubeconfig);
            await ServerProcess.UntilAsync(async () => (await kubectl.RunAsync($"get serviceaccount default -n {place}")).Exit == 0, "pods may be made");
            await kubectl.DoAsync($"create -n {place} -f -", $$$"""
                {"apiVersion":"v1","kind":"Pod","metadata":{"name":"web"},"spec":{"terminationGracePeriodSeconds":0,
                 "containers":[{"name":"c","image":"{{{image}}}","imagePullPolicy":"Never","command":["sh","-c","echo started; sleep 600"]}]}}
                """);
            await kubectl.DoAsync($"wait -n {place} --for=condition=Ready pod/web --timeout=120s");

            Assert.Equal("here\n", await kubectl.DoAsync($"exec -n {place} web -- echo here"));
            // More than a window of either protocol, both ways and unchanged.
            var much = string.Concat(Enumerable.Range(0, 40_000).Select(i => $"line {i}\n"));
            Assert.Equal(much, await kubectl.DoAsync($"exec -i -n {place} web -- cat", much));
            var (exit, error) = await kubectl.RunAsync($"exec -n {place} web -- sh -c 'exit 3'");
            Assert.Equal(3, exit);
            Assert.Contains("exit code 3", error, StringComparison.Ordinal);
            Assert.Equal("started\n", await kubectl.DoAsync($"logs -n {place} web"));
            await ForwardsAsync(kubectl, place);

            var closed = await StartAsync("closed", kubeconfig, "--read-only");
            using var reader = new Kubectl(closed.Kubeconfig);
            Assert.Contains("web", await reader.DoAsync($"get pods -n {place}"), StringComparison.Ordinal);
            Assert.Contains("the proxy rejects the path", (await reader.RunAsync($"exec -n {place} web -- echo here")).Output, StringComparison.Ordinal);
            Assert.Contains("the proxy is read-only", (await reader.RunAsync($"delete pod web -n {place}")).Output, StringComparison.Ordinal);
            Assert.Contains("the proxy is read-only", (await reader.RunAsync($"port-forward -n {place} pod/web :80")).Output, StringComparison.Ordinal);
            Assert.Equal("web", (await api.GetAsync(KubeResources.Pods, place, "web", Cancel)).Name);
        }
        finally
        {
            await api.DeleteAsync(KubeResources.Namespaces, null, place, new DeleteOptions(), CancellationToken.None);
        }
    }

    [Fact]
    public async Task Web_sockets_go_through_to_the_embedded_server()
    {
        var server = Path.Combine(_folder, "server");
        _processes.Add(await ServerProcess.StartAsync(server, "--in-memory", "--agent", "simulated"));
        var proxy = await StartAsync("open", server, "--reject-paths", "^$");
        using var kubectl = new Kubectl(proxy.Kubeconfig);
        if (await kubectl.MinorAsync() < 31) Assert.Skip("kubectl opens WebSockets since 1.31.");
        await kubectl.DoAsync("create -f -", """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","annotations":{"kube.simulated/exec-exit-code":"3","kube.simulated/exec-output":"here"}},"spec":{"containers":[{"name":"c","image":"busybox"}]}}""");
        await kubectl.DoAsync("wait --for=condition=Ready pod/web --timeout=120s");
        var (exit, output) = await kubectl.RunAsync("exec web -- anything");
        Assert.Equal(3, exit);
        Assert.StartsWith("here\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clients_may_speak_HTTP_2_and_upgrades_go_by_HTTP_1()
    {
        var server = Path.Combine(_folder, "server");
        _processes.Add(await ServerProcess.StartAsync(server, "--in-memory", "--agent", "none"));
        var proxy = await StartAsync("open", server);
        using var http = proxy.Http(proxy.Options().Token);
        foreach (var version in new[] { HttpVersion.Version11, HttpVersion.Version20 })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/namespaces") { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
            using var answer = await http.SendAsync(request, Cancel);
            Assert.Equal((HttpStatusCode.OK, version), (answer.StatusCode, answer.Version));
        }
    }

    /// <summary>A port of the pod answers on this machine: nobody listens there, which the pod's side says.</summary>
    static async Task ForwardsAsync(Kubectl kubectl, string place)
    {
        using var forward = kubectl.Start($"port-forward -n {place} pod/web :80");
        try
        {
            var line = await forward.StandardOutput.ReadLineAsync(Cancel).AsTask().WaitAsync(ServerProcess.Bound, Cancel);
            Assert.StartsWith("Forwarding from 127.0.0.1:", line, StringComparison.Ordinal);
            using var client = new System.Net.Sockets.TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, int.Parse(line!.Split(':')[1].Split(' ')[0]), Cancel);
            await client.GetStream().WriteAsync("GET / HTTP/1.0\r\n\r\n"u8.ToArray(), Cancel);
            // Newer ones say it on a line of its own.
            string? error;
            do error = await forward.StandardError.ReadLineAsync(Cancel).AsTask().WaitAsync(ServerProcess.Bound, Cancel);
            while (error is not null && !error.Contains("forwarding", StringComparison.Ordinal));
            Assert.Matches("an error occurred forwarding [0-9]+ -> 80: ", error);
        }
        finally
        {
            forward.Kill();
            await forward.WaitForExitAsync(CancellationToken.None).WaitAsync(ServerProcess.Bound, CancellationToken.None);
        }
    }

    async Task<ServerProcess> StartAsync(string name, string kubeconfig, params string[] flags)
    {
        var data = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        var proxy = ServerProcess.Launch(Path.Combine(data, "kubeconfig"), ["proxy", "--kubeconfig", kubeconfig, "--data-path", data, .. flags]);
        _processes.Add(proxy);
        await proxy.ReadyAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        for (var i = _processes.Count - 1; i >= 0; i--) await _processes[i].DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
