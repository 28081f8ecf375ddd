using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Kube.Config;
using Kube.Server.Tests.Hosting;

namespace Kube.Server.Tests.Proxy;

/// <summary>The proxy as a process in front of the embedded server.</summary>
public sealed class ProxyTests(ProxyTests.Cluster cluster) : IClassFixture<ProxyTests.Cluster>, IAsyncDisposable
{
    const string Page = "https://app.example";

    readonly string _folder = Directory.CreateTempSubdirectory("kube-proxy-").FullName;
    readonly List<ServerProcess> _proxies = [];

    public sealed class Cluster() : ServerFixture("--agent", "simulated");

    string Kubeconfig => Path.Combine(_folder, "kubeconfig");

    [Fact]
    public async Task Clients_use_it_by_its_own_kubeconfig_and_never_see_the_clusters_token()
    {
        var proxy = await StartAsync();
        var options = proxy.Options();
        Assert.NotEqual(cluster.Server.Options().Server, options.Server);
        Assert.NotEqual(cluster.Server.Options().Token, options.Token);
        using var connection = new KubeConnection(options);
        var namespaces = await new KubeApi(connection).GetListAsync(KubeResources.Namespaces, null, new ListOptions(), CancellationToken.None);
        Assert.Contains("default", namespaces.Items.Select(n => n.Name));

        var status = proxy.Status();
        Assert.Equal(proxy.Process.Id, status.GetProperty("pid").GetInt32());
        Assert.Equal(cluster.Server.Options().Server.ToString().TrimEnd('/'), status.GetProperty("clusterServer").GetString());
        foreach (var file in Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "lock"))
        {
            Assert.DoesNotContain(cluster.Server.Options().Token!, await File.ReadAllTextAsync(file));
            if (!OperatingSystem.IsWindows()) Assert.True(File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite), file);
        }
        Assert.DoesNotContain(options.Token!, await File.ReadAllTextAsync(Path.Combine(_folder, "kube-server.log")));
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(0, await proxy.StopAsync());
        Assert.False(File.Exists(proxy.StatusFile));
    }

    [Fact]
    public async Task A_restart_keeps_address_ca_and_token()
    {
        var first = await StartAsync();
        var before = first.Options();
        await first.DisposeAsync();
        var after = (await StartAsync()).Options();
        Assert.Equal((before.Server, before.Token), (after.Server, after.Token));
        Assert.Equal(before.CertificateAuthority![0].Thumbprint, after.CertificateAuthority![0].Thumbprint);
    }

    [Fact]
    public async Task Who_has_no_token_is_not_let_in()
    {
        var proxy = await StartAsync();
        foreach (var token in new[] { null, "wrong", cluster.Server.Options().Token })
        {
            using var http = proxy.Http(token);
            var answer = await http.GetAsync("/api/v1/pods");
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Equal("Unauthorized", JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("reason").GetString());
        }
    }

    [Fact]
    public async Task What_the_rules_refuse_does_not_reach_the_cluster()
    {
        var proxy = await StartAsync("--read-only");
        using var http = proxy.Http(proxy.Options().Token);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/api/v1/pods")).StatusCode);
        await ForbiddenAsync("read-only", new HttpRequestMessage(HttpMethod.Post, "/api/v1/namespaces") { Content = new StringContent("{}") });
        await ForbiddenAsync("rejects the path", new HttpRequestMessage(HttpMethod.Get, "/api/v1/namespaces/default/pods/a/exec"));
        await ForbiddenAsync("rejects the path", new HttpRequestMessage(HttpMethod.Get, "/api/v1/namespaces/default/pods/a%2Fexec"));
        await ForbiddenAsync("does not accept the host", new HttpRequestMessage(HttpMethod.Get, "/api") { Headers = { Host = "kubernetes" } });
        var acting = new HttpRequestMessage(HttpMethod.Get, "/api");
        acting.Headers.Add("Impersonate-User", "somebody");
        await ForbiddenAsync("act as others", acting);

        async Task ForbiddenAsync(string why, HttpRequestMessage request)
        {
            var answer = await http.SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Contains(why, await answer.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task Pages_are_let_in_by_the_servers_own_rules()
    {
        var proxy = await StartAsync("--cors-allowed-origins", "^https://app\\.example$");
        using var http = proxy.Http();
        var preflight = new HttpRequestMessage(HttpMethod.Options, "/api/v1/pods");
        preflight.Headers.Add("Origin", Page);
        preflight.Headers.Add("Access-Control-Request-Method", "GET");
        var allowed = await http.SendAsync(preflight);
        Assert.Equal(HttpStatusCode.NoContent, allowed.StatusCode);
        Assert.Equal([Page], allowed.Headers.GetValues("Access-Control-Allow-Origin"));
        var answer = await http.SendAsync(From(Page, proxy.Options().Token));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal([Page], answer.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.False((await http.SendAsync(From("https://other.example", proxy.Options().Token))).Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Without_a_token_programs_come_in_and_pages_of_other_origins_do_not()
    {
        var proxy = await StartAsync("--no-token", "--cors-allowed-origins", "^https://app\\.example$");
        using var http = proxy.Http();
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/api/v1/pods")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.SendAsync(From(Page, null))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await http.SendAsync(From("https://other.example", null))).StatusCode);
    }

    [Fact]
    public async Task Events_of_a_watch_come_as_they_happen()
    {
        var proxy = await StartAsync();
        using var connection = new KubeConnection(proxy.Options());
        var api = new KubeApi(connection);
        using var http = proxy.Http(proxy.Options().Token);
        using var bound = new CancellationTokenSource(ServerProcess.Bound);
        using var watch = await http.GetAsync("/api/v1/namespaces/default/configmaps?watch=true&allowWatchBookmarks=false", HttpCompletionOption.ResponseHeadersRead, bound.Token);
        using var lines = new StreamReader(await watch.Content.ReadAsStreamAsync(bound.Token));
        foreach (var name in new[] { "first", "second" })
        {
            var answer = await http.PostAsync("/api/v1/namespaces/default/configmaps",
                new StringContent($$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name}}}"}}""", new MediaTypeHeaderValue("application/json")), bound.Token);
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            string? line;
            do line = await lines.ReadLineAsync(bound.Token);
            while (line is not null && !line.Contains($"\"{name}\"", StringComparison.Ordinal));
            Assert.Contains("ADDED", line);
        }
        Assert.Equal("first", (await api.GetAsync(KubeResources.ConfigMaps, "default", "first", bound.Token)).Name);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Web_sockets_go_through_with_the_token_in_a_header_or_among_the_protocols(bool inHeader)
    {
        var name = inHeader ? "by-header" : "by-protocol";
        await cluster.Api.CreateAsync(KubeResources.Pods, "default", Encoding.UTF8.GetBytes(
            $$$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{{name}}}"},"spec":{"containers":[{"name":"c","image":"busybox"}]}}"""), new WriteOptions(), CancellationToken.None);
        await ServerProcess.UntilAsync(async () => (await cluster.Api.GetAsync(KubeResources.Pods, "default", name, CancellationToken.None)) is KubePod { Phase: "Running" }, "the pod runs");
        var proxy = await StartAsync("--reject-paths", "^$");
        var token = proxy.Options().Token!;
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("v5.channel.k8s.io");
        if (inHeader) socket.Options.SetRequestHeader("Authorization", "Bearer " + token);
        else socket.Options.AddSubProtocol("base64url.bearer.authorization.k8s.io." + System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(token)));
        using var bound = new CancellationTokenSource(ServerProcess.Bound);
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            SslOptions = { CertificateChainPolicy = Trust(proxy.Options()) },
            UseProxy = false,
        });
        await socket.ConnectAsync(new Uri($"wss://127.0.0.1:{proxy.Options().Server.Port}/api/v1/namespaces/default/pods/{name}/exec?command=true&stdout=true&stderr=true"), invoker, bound.Token);
        Assert.Equal("v5.channel.k8s.io", socket.SubProtocol);
        var received = new MemoryStream();
        var buffer = new byte[4096];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), bound.Token);
            if (part.MessageType == WebSocketMessageType.Close) break;
            received.Write(buffer.AsSpan(0, part.Count));
        }
        Assert.Contains("\"status\":", Encoding.UTF8.GetString(received.ToArray()));
    }

    [Fact]
    public async Task A_cluster_that_does_not_answer_is_told()
    {
        KubeConfigFile.Write(Path.Combine(_folder, "nobody"), new KubeConfigEntry("nobody", new Uri("https://127.0.0.1:9")) { Token = "t" });
        var proxy = await StartOnAsync(Path.Combine(_folder, "nobody"));
        using var http = proxy.Http(proxy.Options().Token);
        var answer = await http.GetAsync("/api?secret=1");
        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("gets no answer from nobody (https://127.0.0.1:9)", text);
        Assert.DoesNotContain("secret", text + await File.ReadAllTextAsync(Path.Combine(_folder, "kube-server.log")));
    }

    static System.Security.Cryptography.X509Certificates.X509ChainPolicy Trust(KubeConnectionOptions options)
    {
        var policy = new System.Security.Cryptography.X509Certificates.X509ChainPolicy
        {
            TrustMode = System.Security.Cryptography.X509Certificates.X509ChainTrustMode.CustomRootTrust,
            RevocationMode = System.Security.Cryptography.X509Certificates.X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.AddRange(options.CertificateAuthority!);
        return policy;
    }

    static HttpRequestMessage From(string origin, string? token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/pods");
        request.Headers.Add("Origin", origin);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    Task<ServerProcess> StartAsync(params string[] flags) => StartOnAsync(cluster.Server.Kubeconfig, flags);

    async Task<ServerProcess> StartOnAsync(string kubeconfig, params string[] flags)
    {
        var proxy = ServerProcess.Launch(Kubeconfig, ["proxy", "--kubeconfig", kubeconfig, "--data-path", _folder, .. flags]);
        _proxies.Add(proxy);
        await proxy.ReadyAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var proxy in _proxies.Where(proxy => !proxy.IsDisposed)) await proxy.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
