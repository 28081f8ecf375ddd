using System.Net;
using System.Text.Json;
using Kube.Server.Tests.Hosting;

namespace Kube.Server.Tests.Nodes;

/// <summary>An agent as a process of its own, and its node's log and descriptions through the API server.</summary>
public sealed class RemoteNodeTests(RemoteNodeTests.Fixture fixture) : IClassFixture<RemoteNodeTests.Fixture>
{
    public sealed class Fixture() : ServerFixture("--agent", "none");

    [Fact]
    public async Task Both_ends_know_each_other_by_certificate()
    {
        var api = fixture.Api;
        await using var agent = ServerProcess.Launch("", "agent", "--kubeconfig", fixture.Server.Kubeconfig, "--data-path", Path.Combine(fixture.Folder, "agent"), "--runtime", "simulated", "--node-name", "far");
        await api.CreateAsync(KubeResources.Pods, "default", """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web"},"spec":{"containers":[{"name":"c","image":"busybox"}]}}"""u8.ToArray(), new WriteOptions(), default);
        await ServerProcess.UntilAsync(async () => !agent.Process.HasExited && ((KubePod)await api.GetAsync(KubeResources.Pods, "default", "web", default)).State == "Running", "the pod runs");

        await using (var log = await api.OpenLogAsync("default", "web", new LogOptions { TailLines = 1 }, default))
        using (var reader = new StreamReader(log))
            Assert.Contains("c of default/web started", await reader.ReadToEndAsync());
        var description = await api.SendAsync(HttpMethod.Get, "/api/v1/nodes/far/proxy/containers/default/web/c", null, null, default);
        Assert.True(JsonSerializer.Deserialize<JsonElement>(description.Span).GetProperty("State").GetProperty("Running").GetBoolean());
        var missing = await Assert.ThrowsAsync<KubeOperationException>(() => api.SendAsync(HttpMethod.Get, "/api/v1/nodes/far/proxy/nothing", null, null, default));
        Assert.Equal(404, missing.Status.Code);
        var previous = await Assert.ThrowsAsync<KubeOperationException>(() => api.OpenLogAsync("default", "web", new LogOptions { Previous = true }, default));
        Assert.Equal("previous terminated container \"c\" in pod \"web\" not found", previous.Status.Message);

        // Whoever else comes gets nothing.
        var node = JsonSerializer.Deserialize<JsonElement>((await api.GetAsync(KubeResources.Nodes, null, "far", default)).Json.Span);
        var port = node.GetProperty("status").GetProperty("daemonEndpoints").GetProperty("kubeletEndpoint").GetProperty("Port").GetInt32();
        using var stranger = new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true });
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync($"https://127.0.0.1:{port}/containerLogs/default/web/c")).StatusCode);

        // Another process at that address is not the node.
        await api.PatchAsync(KubeResources.Nodes, null, "far", PatchType.Merge, """{"metadata":{"annotations":{"kube.agent/endpoint-certificate":"00"}}}"""u8.ToArray(), new WriteOptions(), default);
        var wrong = await Assert.ThrowsAsync<KubeOperationException>(() => api.SendAsync(HttpMethod.Get, "/api/v1/nodes/far/proxy/healthz", null, null, default));
        Assert.Contains("node far does not answer", wrong.Status.Message);
    }

    [Fact]
    public async Task A_node_that_is_not_there()
    {
        var missing = await Assert.ThrowsAsync<KubeOperationException>(() => fixture.Api.SendAsync(HttpMethod.Get, "/api/v1/nodes/nowhere/proxy/healthz", null, null, default));
        Assert.Equal((404, "nodes \"nowhere\" not found"), (missing.Status.Code, missing.Status.Message));
    }

    [Theory]
    [InlineData("no-such-file", "--kubeconfig", "no-such-file", "--data-path", "d")]
    public async Task A_kubeconfig_that_cannot_be_used_is_told(string text, params string[] args)
    {
        var (exitCode, output) = await ServerProcess.RunAsync(["agent", .. args]);
        Assert.Equal(1, exitCode);
        Assert.Contains(text, output);
        Assert.DoesNotContain("   at ", output);
    }
}
