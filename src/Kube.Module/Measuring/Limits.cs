namespace Kube.Module.Measuring;

/// <summary>What nodes, pods and containers may use at the most. Pure.</summary>
static class Limits
{
    /// <summary>The names of a pod's containers in the order of its spec; init and ephemeral containers follow.</summary>
    public static IEnumerable<string> ContainerNames(KubePod pod) => Containers(pod).Select(container => container["name"]).OfType<string>();

    /// <summary>What a node has for its pods.</summary>
    public static decimal? OfNode(KubeObject node, string resource) => Read(node.GetDocument().GetMap("status")?.GetMap("allocatable"), resource);

    /// <summary>A container's limit.</summary>
    public static decimal? OfContainer(KubePod pod, string container, string resource) =>
        Containers(pod).FirstOrDefault(spec => spec["name"] as string == container) is { } found ? LimitOf(found, resource) : null;

    /// <summary>The sum of the limits of containers that run side by side; null where one of them has none.</summary>
    public static decimal? OfPod(KubePod pod, IEnumerable<string> containers, string resource)
    {
        var limits = containers.Select(container => OfContainer(pod, container, resource)).ToArray();
        return limits.Length > 0 && limits.All(limit => limit is not null) ? limits.Sum() : null;
    }

    static IEnumerable<KubeMap> Containers(KubePod pod) =>
        pod.GetDocument().GetMap("spec") is { } spec ? spec.GetMaps("containers").Concat(spec.GetMaps("initContainers")).Concat(spec.GetMaps("ephemeralContainers")) : [];

    static decimal? LimitOf(KubeMap container, string resource) => Read(container.GetMap("resources")?.GetMap("limits"), resource);

    static decimal? Read(KubeMap? amounts, string resource) => amounts?[resource] is { } text && KubeQuantity.TryParse($"{text}", out var quantity) ? quantity.Value : null;
}
