using System.Globalization;

namespace Kube.Module.Measuring;

/// <summary>The nodes' own word: <c>/stats/summary</c> of their kubelets, through the API server. It needs the right to <c>get</c> <c>nodes/proxy</c>.</summary>
/// <param name="api">Where they are.</param>
/// <param name="throttleLimit">How many nodes are asked at once.</param>
sealed class NodeSummaries(KubeApi api, int throttleLimit) : IUsageSource
{
    const decimal NanoCore = 0.000000001m;

    public async Task<IReadOnlyDictionary<string, Usage>> ReadNodesAsync(IReadOnlyList<KubeObject> nodes, CancellationToken cancel)
    {
        var summaries = await ReadAsync(nodes.Select(node => node.Name), cancel).ConfigureAwait(false);
        return summaries.Where(summary => summary.GetMap("node")?.GetMap("cpu") is not null).ToDictionary(summary => (string)summary.GetMap("node")!["nodeName"]!, summary => UsageOf(summary.GetMap("node")!));
    }

    public async Task<IReadOnlyList<PodUsage>> ReadPodsAsync(IReadOnlyList<KubePod> pods, CancellationToken cancel)
    {
        var wanted = pods.Select(pod => pod.Uid).ToHashSet();
        var summaries = await ReadAsync(pods.Select(pod => pod.Node).OfType<string>().Distinct(), cancel).ConfigureAwait(false);
        return [.. summaries.SelectMany(summary => summary.GetMaps("pods")).Where(pod => wanted.Contains(pod.GetMap("podRef")?["uid"] as string)).Select(PodOf)];
    }

    static PodUsage PodOf(KubeMap pod) => new(
        (string)pod.GetMap("podRef")!["namespace"]!,
        (string)pod.GetMap("podRef")!["name"]!,
        // One that has just started has counters and no rate yet.
        pod.GetMaps("containers").Where(container => container.GetMap("cpu")?["usageNanoCores"] is not null).ToDictionary(container => (string)container["name"]!, UsageOf));

    async Task<IReadOnlyList<KubeMap>> ReadAsync(IEnumerable<string> nodes, CancellationToken cancel)
    {
        var summaries = new System.Collections.Concurrent.ConcurrentQueue<KubeMap>();
        await Parallel.ForEachAsync(nodes, new ParallelOptions { MaxDegreeOfParallelism = throttleLimit, CancellationToken = cancel }, async (node, reading) =>
            summaries.Enqueue(KubeMap.Parse(await api.SendAsync(HttpMethod.Get, $"/api/v1/nodes/{Uri.EscapeDataString(node)}/proxy/stats/summary", null, null, reading).ConfigureAwait(false)))).ConfigureAwait(false);
        return [.. summaries];
    }

    static Usage UsageOf(KubeMap of) => new(
        Number(of.GetMap("cpu"), "usageNanoCores") * NanoCore,
        (long)Number(of.GetMap("memory"), "workingSetBytes"),
        of.GetMap("cpu")?["time"] is string time && DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var timestamp) ? timestamp.LocalDateTime : null,
        of["windowSeconds"] is { } window ? TimeSpan.FromSeconds(Convert.ToDouble(window, CultureInfo.InvariantCulture)) : null);

    static decimal Number(KubeMap? map, string field) => map?[field] is { } value ? Convert.ToDecimal(value, CultureInfo.InvariantCulture) : 0;
}
