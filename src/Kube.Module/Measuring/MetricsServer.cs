using System.Globalization;
using Kube.Module.Base;

namespace Kube.Module.Measuring;

/// <summary>The cluster's <c>metrics.k8s.io</c>.</summary>
sealed class MetricsServer(KubeApi api) : IUsageSource
{
    static readonly KubeResource Nodes = new("metrics.k8s.io", "v1beta1", "nodes", "NodeMetrics", false), Pods = new("metrics.k8s.io", "v1beta1", "pods", "PodMetrics", true);

    public async Task<IReadOnlyDictionary<string, Usage>> ReadNodesAsync(IReadOnlyList<KubeObject> nodes, CancellationToken cancel)
    {
        var items = await ReadAsync(Nodes, null, nodes.Count == 1 ? nodes[0].Name : null, cancel).ConfigureAwait(false);
        return items.ToDictionary(item => item.Name, item => UsageOf(item.GetDocument().GetMap("usage"), item));
    }

    public async Task<IReadOnlyList<PodUsage>> ReadPodsAsync(IReadOnlyList<KubePod> pods, CancellationToken cancel)
    {
        if (pods.Count == 0) return [];
        var namespaces = pods.Select(pod => pod.Namespace!).Distinct().ToArray();
        var items = await ReadAsync(Pods, namespaces.Length == 1 ? namespaces[0] : null, pods.Count == 1 ? pods[0].Name : null, cancel).ConfigureAwait(false);
        return [.. items.Select(item => new PodUsage(item.Namespace!, item.Name, item.GetDocument().GetMaps("containers").ToDictionary(container => (string)container["name"]!, container => UsageOf(container.GetMap("usage"), item))))];
    }

    async Task<IReadOnlyList<KubeObject>> ReadAsync(KubeResource resource, string? @namespace, string? only, CancellationToken cancel)
    {
        var items = new List<KubeObject>();
        try
        {
            var options = new ListOptions { FieldSelector = only is null ? null : "metadata.name=" + only };
            await foreach (var item in api.ListAsync(resource, @namespace, options, cancel).ConfigureAwait(false)) items.Add(item);
            return items;
        }
        catch (KubeOperationException exception) when (exception.Status.Code == 404)
        {
            throw new KubeCmdletException(Errors.MetricsMissing, $"{api.Connection.Name} measures nothing: it has no metrics.k8s.io.", exception);
        }
        catch (KubeOperationException exception) when (exception.Status.Code == 503)
        {
            var reason = await ReasonAsync(cancel).ConfigureAwait(false);
            throw new KubeCmdletException(Errors.MetricsMissing, $"{api.Connection.Name} measures nothing: what should answer for metrics.k8s.io does not{(reason is null ? "" : $" ({reason.TrimEnd('.')})")}.", exception);
        }
    }

    /// <summary>Why it does not answer, in the words of the API server in front of it; null: it has not noticed yet, or does not tell this user.</summary>
    async Task<string?> ReasonAsync(CancellationToken cancel)
    {
        try
        {
            var registered = KubeMap.Parse(await api.SendAsync(HttpMethod.Get, "/apis/apiregistration.k8s.io/v1/apiservices/v1beta1.metrics.k8s.io", null, null, cancel).ConfigureAwait(false));
            return registered.GetMap("status")?.GetMaps("conditions").FirstOrDefault(condition => condition["type"] is "Available" && condition["status"] is "False")?["message"] as string;
        }
        catch (KubeOperationException exception) when (exception.Status.Code is 403 or 404)
        {
            // Many who may read metrics may not read this, and few servers that are none of Kubernetes' have it.
            return null;
        }
    }

    static Usage UsageOf(KubeMap? usage, KubeObject item) => new(
        Amount(usage, "cpu"),
        (long)Amount(usage, "memory"),
        item.GetDocument()["timestamp"] is string time && DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var timestamp) ? timestamp.LocalDateTime : null,
        GoDuration.Parse(item.GetDocument()["window"] as string));

    static decimal Amount(KubeMap? usage, string resource) => KubeQuantity.TryParse(usage?[resource] as string ?? "", out var quantity) ? quantity.Value ?? 0 : 0;
}
