using System.Text.Json.Nodes;
using Kube.Server.Tests.Clients;
using Kube.Server.Tests.Hosting;

namespace Kube.Server.Tests.Nodes;

/// <summary><c>metrics.k8s.io</c> of a whole server with a simulated node.</summary>
public class MeasurementsTests(MeasurementsTests.Fixture fixture) : IClassFixture<MeasurementsTests.Fixture>, IAsyncLifetime
{
    public sealed class Fixture() : ServerFixture("--agent", "simulated", "--node-name", "node-1");

    const string Metrics = "/apis/metrics.k8s.io/v1beta1";

    static readonly CancellationToken None = CancellationToken.None;

    public async ValueTask InitializeAsync()
    {
        if ((await fixture.Api.ListAsync(KubeResources.Pods, "default", new ListOptions(), None).ToListAsync()).Count > 0) return;
        foreach (var (name, labels, annotations) in new[]
        {
            ("web", """{"app":"web"}""", """{"kube.simulated/cpu":"250m","kube.simulated/memory":"64Mi","kube.simulated/cpu.side":"1500u","kube.simulated/memory.side":"1500Ki"}"""),
            ("idle", "{}", "{}"),
            ("done", "{}", """{"kube.simulated/run-for":"0","kube.simulated/cpu":"1"}"""),
        })
        {
            var pod = $$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{name}}","labels":{{labels}},"annotations":{{annotations}}},"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"busybox"},{"name":"side","image":"busybox"}]} }""";
            await fixture.Api.CreateAsync(KubeResources.Pods, "default", System.Text.Encoding.UTF8.GetBytes(pod), new WriteOptions(), None);
        }
        await ServerProcess.UntilAsync(async () => await PhasesAsync() == "Running Running Succeeded", "the pods are up");
    }

    [Fact]
    public async Task Pods_tell_what_each_container_uses()
    {
        var pods = (await GetAsync($"{Metrics}/namespaces/default/pods"))["items"]!.AsArray();

        Assert.Equal(["idle", "web"], pods.Select(pod => (string)pod!["metadata"]!["name"]!));
        var web = pods[1]!;
        Assert.Equal("""[{"name":"c","usage":{"cpu":"250m","memory":"64Mi"}},{"name":"side","usage":{"cpu":"1500u","memory":"1500Ki"}}]""", Rounded(web["containers"]!));
        Assert.Equal("""{"app":"web"}""", web["metadata"]!["labels"]!.ToJsonString());
        Assert.Null(web["metadata"]!["resourceVersion"]);
        Assert.Matches(@"^\d+(\.\d+)?s$", (string)web["window"]!);
        Assert.InRange(DateTimeOffset.Parse((string)web["timestamp"]!), DateTimeOffset.UtcNow.AddSeconds(-30), DateTimeOffset.UtcNow.AddSeconds(2));
    }

    [Theory]
    [InlineData("/pods", "idle web")]
    [InlineData("/namespaces/default/pods?labelSelector=app%3Dweb", "web")]
    [InlineData("/namespaces/default/pods?labelSelector=app%21%3Dweb", "idle")]
    [InlineData("/namespaces/default/pods?fieldSelector=metadata.name%3Didle", "idle")]
    [InlineData("/namespaces/kube-system/pods", "")]
    [InlineData("/nodes", "node-1")]
    [InlineData("/nodes?labelSelector=kubernetes.io/os%3Dlinux", "node-1")]
    [InlineData("/nodes?labelSelector=kubernetes.io/os%3Dplan9", "")]
    public async Task Lists_are_selected(string path, string names) =>
        Assert.Equal(names, string.Join(' ', (await GetAsync(Metrics + path))["items"]!.AsArray().Select(item => (string)item!["metadata"]!["name"]!)));

    [Fact]
    public async Task One_pod_and_one_node_are_read_by_name()
    {
        Assert.Equal("PodMetrics web", Title(await GetAsync($"{Metrics}/namespaces/default/pods/web")));
        var node = await GetAsync($"{Metrics}/nodes/node-1");
        Assert.Equal("NodeMetrics node-1", Title(node));
        Assert.Equal("67036Ki", (string)node["usage"]!["memory"]!);

        static string Title(JsonNode document) => $"{document["kind"]} {document["metadata"]!["name"]}";
    }

    [Theory]
    [InlineData("GET", "/namespaces/default/pods/done", 404, "pods.metrics.k8s.io \"done\" not found")]
    [InlineData("GET", "/namespaces/default/pods/missing", 404, "pods.metrics.k8s.io \"missing\" not found")]
    [InlineData("GET", "/nodes/missing", 404, "nodes.metrics.k8s.io \"missing\" not found")]
    [InlineData("GET", "/nodes?watch=true", 405, "does not allow this method")]
    [InlineData("DELETE", "/nodes/node-1", 405, "does not allow this method")]
    [InlineData("POST", "/namespaces/default/pods", 405, "does not allow this method")]
    public async Task Anything_else_is_refused(string method, string path, int code, string message)
    {
        var refusal = await Assert.ThrowsAsync<KubeOperationException>(() => fixture.Api.SendAsync(new HttpMethod(method), Metrics + path, null, null, None));

        Assert.Equal(code, refusal.Status.Code);
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kubectl_shows_them()
    {
        using var kubectl = new Kubectl(fixture.Server.Kubeconfig);

        Assert.Matches(@"^NAME +CPU\(cores\) +MEMORY\(bytes\) *\nidle +0m +0Mi *\nweb +25[0-9]m +65Mi *\n$", await kubectl.DoAsync("top pods"));
        Assert.Matches(@"^POD +NAME +CPU\(cores\) +MEMORY\(bytes\) *\nweb +c +25[0-9]m +64Mi *\nweb +side +2m +1Mi *\n$", await kubectl.DoAsync("top pod web --containers"));
        Assert.Matches(@"^NAME +CPU\(cores\) +CPU(%|\(%\)) +MEMORY\(bytes\) +MEMORY(%|\(%\)) *\nnode-1 +25[0-9]m +\d+% +65Mi +\d+% *\n$", await kubectl.DoAsync("top nodes"));
        Assert.Matches(@"^NAME +CPU +MEMORY +WINDOW\nidle +0 +0 +[\d.]+s\nweb +\S+ +67036Ki +[\d.]+s\n$", await kubectl.DoAsync("get podmetrics"));
    }

    async Task<string> PhasesAsync() =>
        string.Join(' ', (await fixture.Api.ListAsync(KubeResources.Pods, "default", new ListOptions(), None).ToListAsync()).Cast<KubePod>().Select(pod => pod.Phase).Order());

    async Task<JsonNode> GetAsync(string path) => JsonNode.Parse((await fixture.Api.SendAsync(HttpMethod.Get, path, null, null, None)).Span)!;

    // The clock of a simulated container has no finer grain than its reader's: a rate may be a little off.
    static string Rounded(JsonNode containers)
    {
        foreach (var container in containers.AsArray())
            if (KubeQuantity.TryParse((string)container!["usage"]!["cpu"]!, out var cpu) && KubeQuantity.TryParse($"{decimal.Round(cpu.Value!.Value, 4) * 1_000_000:0}u", out var rounded))
                container["usage"]!["cpu"] = rounded.ToString();
        return containers.ToJsonString();
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
