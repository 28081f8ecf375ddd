using System.Net;
using System.Text.Json;
using Kube.Server.Tests.Hosting;

namespace Kube.Server.Tests.Nodes;

/// <summary>An agent as a process of its own, and its node's log and descriptions through the API server.</summary>
public sealed class RemoteNodeTests(RemoteNodeTests.Fixture fixture) : IClassFixture<RemoteNodeTests.Fixture>
{
    public sealed class Fixture() : ServerFixture("--agent", "none");

    static readonly KubeResource Leases = new("coordination.k8s.io", "v1", "leases", "Lease", true);

    [Fact]
    public async Task Both_ends_know_each_other_by_certificate()
    {
        var api = fixture.Api;
        await using var agent = ServerProcess.Launch("", "agent", "--kubeconfig", fixture.Server.Kubeconfig, "--data-path", Path.Combine(fixture.Folder, "agent"), "--runtime", "simulated", "--node-name", "far", "--node-labels", "place=far", "--register-with-taints", "far=yes:PreferNoSchedule");
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

        // A node that somebody deletes comes back as it was, while its agent lives, and so does its lease.
        await ServerProcess.UntilAsync(async () => await api.ListAsync(Leases, "kube-node-lease", new ListOptions(), default).AnyAsync(lease => lease.Name == "far"), "there is a lease");
        var deleted = await api.GetAsync(KubeResources.Nodes, null, "far", default);
        await api.DeleteAsync(KubeResources.Nodes, null, "far", new DeleteOptions(), default);
        await ServerProcess.UntilAsync(async () => await api.ListAsync(KubeResources.Nodes, null, new ListOptions(), default).AnyAsync(other => other.Name == "far" && other.Uid != deleted.Uid), "the node is back");
        Assert.Equal("ok"u8.ToArray(), (await api.SendAsync(HttpMethod.Get, "/api/v1/nodes/far/proxy/healthz", null, null, default)).ToArray());

        // Whoever else comes gets nothing.
        var node = JsonSerializer.Deserialize<JsonElement>((await api.GetAsync(KubeResources.Nodes, null, "far", default)).Json.Span);
        Assert.Equal(("far", "PreferNoSchedule"), (node.GetProperty("metadata").GetProperty("labels").GetProperty("place").GetString(), node.GetProperty("spec").GetProperty("taints")[0].GetProperty("effect").GetString()));
        var port = node.GetProperty("status").GetProperty("daemonEndpoints").GetProperty("kubeletEndpoint").GetProperty("Port").GetInt32();
        using var stranger = new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true });
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync($"https://127.0.0.1:{port}/containerLogs/default/web/c")).StatusCode);

        // Another process at that address is not the node.
        await api.PatchAsync(KubeResources.Nodes, null, "far", PatchType.Merge, """{"metadata":{"annotations":{"kube.agent/endpoint-certificate":"00"}}}"""u8.ToArray(), new WriteOptions(), default);
        var wrong = await Assert.ThrowsAsync<KubeOperationException>(() => api.SendAsync(HttpMethod.Get, "/api/v1/nodes/far/proxy/healthz", null, null, default));
        Assert.Contains("node far does not answer", wrong.Status.Message);
    }

    [Fact]
    public async Task What_keeps_a_node_from_joining_is_told()
    {
        await fixture.Api.CreateAsync(KubeResources.Nodes, null, """{"apiVersion":"v1","kind":"Node","metadata":{"name":"taken"}}"""u8.ToArray(), new WriteOptions(), default);
        Assert.Contains("the cluster has a node 'taken' already", await RefusedAsync("taken", fixture.Server.Kubeconfig));

        var weak = Path.Combine(fixture.Folder, "weak");
        await File.WriteAllTextAsync(weak, (await File.ReadAllTextAsync(fixture.Server.Kubeconfig)).Replace("\"token\":", "\"as\": \"system:serviceaccount:default:default\", \"token\":", StringComparison.Ordinal));
        Assert.Contains("system:serviceaccount:default:default may not get nodes, create nodes, patch nodes, patch nodes/status, list pods", await RefusedAsync("weak", weak));
        Assert.Contains("cannot be used", await RefusedAsync("far", fixture.Server.Kubeconfig, "--tls-cert-file", "none", "--tls-private-key-file", "none"));
    }

    async Task<string> RefusedAsync(string node, string kubeconfig, params string[] more)
    {
        var data = Path.Combine(fixture.Folder, "refused-" + node);
        var (exitCode, output) = await ServerProcess.RunAsync(["agent", "--kubeconfig", kubeconfig, "--data-path", data, "--runtime", "simulated", "--node-name", node, "--background", .. more]);
        Assert.Equal(1, exitCode);
        Assert.DoesNotContain("   at ", output);
        Assert.False(File.Exists(Path.Combine(data, "agent.status.json")));
        return output;
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
