using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace Kube.Module.Tests.EndToEnd.Tables;

[Collection("kubernetes")]
public sealed class KubernetesTableTests(KubernetesCluster cluster) : TableTests(cluster);

public sealed class EmbeddedTableTests(SimulatedCluster cluster) : TableTests(cluster), IClassFixture<SimulatedCluster>;

/// <summary>Views show what the API server prints of the same objects: hundreds that are made up, with a seed that repeats them.</summary>
public abstract class TableTests : EndToEndTests
{
    readonly TableClient _client;
    readonly ModuleSession _wide;
    readonly Dice _dice = new();
    readonly Documents _documents;
    readonly Stopwatch _since = Stopwatch.StartNew();

    protected TableTests(TestCluster cluster) : base(cluster)
    {
        _wide = cluster.Connect(width: 4000);
        _client = new(JsonNode.Parse(Text("[Text.Encoding]::UTF8.GetString([Kube.Manifests.YamlProvider]::Current.ToJson($args[0])[0].Json.ToArray())", File.ReadAllText(cluster.KubeConfigPath)))!);
        _documents = new(_dice);
    }

    [Fact]
    public async Task Pods()
    {
        var pods = $"/api/v1/namespaces/{Namespace}/pods";
        var statuses = new PodStatuses(_dice);
        var rows = new List<TableRow>();
        for (var shape = 0; shape < 16; shape++)
        {
            int init = shape / 2 % 4, containers = 1 + _dice.Roll(4), gates = _dice.Chance(30) ? 1 + _dice.Roll(2) : 0;
            var deleted = shape % 4 == 3;
            var pod = _documents.Pod($"pod-{shape}", init, containers, gates);
            if (deleted) pod["metadata"]!["finalizers"] = new JsonArray("example.com/kept");
            await _client.SendAsync(HttpMethod.Post, pods, pod);
            if (deleted) await _client.SendAsync(HttpMethod.Delete, $"{pods}/pod-{shape}", []);
            for (var i = 0; i < 30; i++)
            {
                pod["status"] = statuses.Next(init, containers, gates);
                rows.Add(await _client.SetStatusAsync($"{pods}/pod-{shape}", pod));
            }
            pod.Remove("status");
            pod["metadata"]!["name"] = "elsewhere";
            pod["spec"]!["nodeName"] = "somewhere";
            rows.Add(await _client.TryAsync(pods, pod));
            if (deleted) await _client.ReleaseAsync($"{pods}/pod-{shape}");
        }

        Compare("Kube.KubePod", rows);
    }

    [Fact]
    public async Task Services()
    {
        var services = $"/api/v1/namespaces/{Namespace}/services";
        var rows = new List<TableRow>();
        for (var i = 0; i < 100; i++) rows.Add(await _client.TryAsync(services, _documents.Service($"s{i}", _dice.Pick("ClusterIP", "NodePort", "LoadBalancer", "ExternalName", "None"))));
        var balanced = _documents.Service("balanced", "LoadBalancer");
        await _client.SendAsync(HttpMethod.Post, services, balanced);
        for (var i = 0; i < 30; i++) rows.Add(await _client.SetStatusAsync(services + "/balanced", _documents.LoadBalanced(balanced)));

        Compare("Kube.KubeService", rows);
    }

    [Theory]
    [InlineData("/apis/apps/v1", "deployments", "Kube.KubeDeployment")]
    [InlineData("/api/v1", "replicationcontrollers", "Kube.KubeReplicationController")]
    public async Task Workloads(string group, string resource, string type)
    {
        var path = $"{group}/namespaces/{Namespace}/{resource}";
        var rows = new List<TableRow>();
        for (var i = 0; i < 40; i++) rows.Add(await _client.TryAsync(path, _documents.Workload(resource, $"w{i}")));
        for (var shape = 0; shape < 5; shape++)
        {
            var workload = _documents.Workload(resource, $"kept-{shape}");
            await _client.SendAsync(HttpMethod.Post, path, workload);
            for (var i = 0; i < 20; i++) rows.Add(await _client.SetStatusAsync($"{path}/kept-{shape}", _documents.Counted(workload)));
        }

        Compare(type, rows);
    }

    [Fact]
    public async Task Jobs()
    {
        var jobs = $"/apis/batch/v1/namespaces/{Namespace}/jobs";
        var rows = new List<TableRow>();
        for (var shape = 0; shape < 8; shape++)
        {
            var job = _documents.Job($"job-{shape}");
            await _client.SendAsync(HttpMethod.Post, jobs, job);
            for (var i = 0; i < 20; i++) rows.Add(await _client.SetStatusAsync($"{jobs}/job-{shape}", _documents.Worked(job)));
        }

        Compare("Kube.KubeJob", rows);
    }

    [Theory]
    [InlineData("nodes", "Kube.KubeNode", 100)]
    [InlineData("namespaces/{0}/events", "Kube.KubeEvent", 200)]
    [InlineData("namespaces", "Kube.KubeNamespace", 10)]
    [InlineData("namespaces/{0}/configmaps", "Kube.KubeConfigMap", 30)]
    [InlineData("namespaces/{0}/secrets", "Kube.KubeSecret", 30)]
    public async Task What_is_printed_as_it_is_created(string resource, string type, int count)
    {
        var rows = new List<TableRow>();
        for (var i = 0; i < count; i++) rows.Add(await _client.TryAsync("/api/v1/" + resource.Replace("{0}", Namespace, StringComparison.Ordinal), _documents.Of(type, $"made-up-{i}", Namespace)));

        Compare(type, rows);
    }

    // Each column of the server's is one of the view's too.
    void Compare(string type, IReadOnlyList<TableRow> rows)
    {
        var views = new ViewColumns(_wide, type).Of(rows.Select(row => row.Object));
        Assert.Equal(rows.Count, views.Count);
        var drift = _since.Elapsed.TotalSeconds;
        var report = new StringBuilder();
        var differences = 0;
        foreach (var (row, view) in rows.Zip(views))
        {
            var shown = view.ToDictionary(cell => Comparison.Key(cell.Key), cell => cell.Value);
            foreach (var (column, text) in row.Cells)
            {
                var key = Comparison.Key(column);
                if (shown.TryGetValue(key, out var here) && Comparison.AreSame(key, text, here, drift)) continue;
                if (!IsEmbedded && LaterRules.HaveChanged(type, key, text, row.Object)) continue;
                if (differences++ < 10) report.AppendLine($"{column}: the server prints '{text}', the view {(here is null ? "has no such column" : $"'{here}'")} for {Short(row.Object)}");
            }
        }
        Assert.True(differences == 0, $"{differences} differences in {rows.Count} rows; KUBE_SEED={_dice.Seed}\n{report}");
    }

    static string Short(JsonObject item)
    {
        item["metadata"]!.AsObject().Remove("managedFields");
        return item.ToJsonString();
    }

    protected override void Dispose(bool disposing)
    {
        _client.Dispose();
        _wide.Dispose();
        base.Dispose(disposing);
    }
}
