using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds;
using Kube.Server.Storage;

namespace Kube.Server.Nodes;

/// <summary><c>metrics.k8s.io</c>: what nodes and pods use. Nothing is kept: the nodes are asked when somebody reads.</summary>
sealed class Measurements(NodeConnector nodes)
{
    const string Group = "metrics.k8s.io", Version = "v1beta1";

    static readonly string[] Readable = ["get", "list"];

    /// <summary>Its kinds.</summary>
    public IReadOnlyList<KindDefinition> Kinds =>
    [
        new(Group, Version, "NodeMetrics", "nodes")
        {
            Namespaced = false,
            Singular = "",
            Verbs = Readable,
            Columns = Columns(row => TableCells.Text(row.Item, "usage", "cpu"), row => TableCells.Text(row.Item, "usage", "memory")),
            Read = async (state, _, name, cancel) => await ReadNodesAsync(state, name, cancel),
        },
        new(Group, Version, "PodMetrics", "pods")
        {
            Singular = "",
            Verbs = Readable,
            Columns = Columns(row => Sum(row.Item, "cpu"), row => Sum(row.Item, "memory")),
            Read = async (state, @namespace, name, cancel) => await ReadPodsAsync(state, @namespace, name, cancel),
        },
    ];

    async Task<IReadOnlyList<JsonObject>> ReadNodesAsync(StoreState state, string name, CancellationToken cancel)
    {
        var wanted = state.Collection("nodes").Where(node => name.Length == 0 || node.Key.Name == name).ToArray();
        var summaries = await ReadAsync(wanted.Select(node => node.Key.Name), cancel);
        return [.. wanted.Where(node => summaries.ContainsKey(node.Key.Name)).Select(node => MetricsDocument.OfNode(node, summaries[node.Key.Name]))];
    }

    async Task<IReadOnlyList<JsonObject>> ReadPodsAsync(StoreState state, string @namespace, string name, CancellationToken cancel)
    {
        var wanted = state.Collection("pods").Where(pod => (@namespace.Length == 0 || pod.Key.Namespace == @namespace) && (name.Length == 0 || pod.Key.Name == name)).ToArray();
        var summaries = await ReadAsync(wanted.Select(NodeOf).Where(node => node.Length > 0).Distinct(), cancel);
        var measured = summaries.Values.SelectMany(summary => summary.Pods).ToLookup(pod => pod.PodRef.Uid);
        return [.. wanted.SelectMany(pod => measured[pod.Metadata.Uid].Take(1).Select(summary => MetricsDocument.OfPod(pod, summary)))];
    }

    async Task<Dictionary<string, NodeSummary>> ReadAsync(IEnumerable<string> names, CancellationToken cancel)
    {
        var read = await Task.WhenAll(names.Select(async name => (Name: name, Summary: await ReadAsync(name, cancel))));
        return read.Where(node => node.Summary is not null).ToDictionary(node => node.Name, node => node.Summary!);
    }

    async Task<NodeSummary?> ReadAsync(string node, CancellationToken cancel)
    {
        try
        {
            return JsonSerializer.Deserialize((await nodes.Find(node).ReadStatsAsync(cancel)).Span, NodeSummaryJson.Default.NodeSummary);
        }
        catch (StatusException)
        {
            // A node that does not tell has no metrics, as with every metrics server; its conditions say what is wrong with it.
            return null;
        }
    }

    static string NodeOf(StoredObject pod)
    {
        using var document = pod.Parse();
        return TableCells.Text(document.RootElement, "spec", "nodeName");
    }

    static TableColumn[] Columns(Func<RowSource, object?> cpu, Func<RowSource, object?> memory) =>
    [
        TableColumn.ObjectName,
        TableColumn.Of("cpu", cpu) with { Format = "quantity" },
        TableColumn.Of("memory", memory) with { Format = "quantity" },
        TableColumn.Text("Window", "window") with { Format = "duration" },
    ];

    static string Sum(JsonElement pod, string resource)
    {
        var sum = TableCells.Items(pod, "containers").Sum(container => KubeQuantity.TryParse(TableCells.Text(container, "usage", resource), out var quantity) ? quantity.Value ?? 0 : 0);
        return MetricsDocument.Quantity(sum, resource);
    }
}
