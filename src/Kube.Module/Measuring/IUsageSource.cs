namespace Kube.Module.Measuring;

/// <summary>Who tells what nodes and pods use.</summary>
interface IUsageSource
{
    /// <summary>What nodes use, by name; one that is not measured is left out.</summary>
    Task<IReadOnlyDictionary<string, Usage>> ReadNodesAsync(IReadOnlyList<KubeObject> nodes, CancellationToken cancel);

    /// <summary>What pods use; one that is not measured is left out.</summary>
    Task<IReadOnlyList<PodUsage>> ReadPodsAsync(IReadOnlyList<KubePod> pods, CancellationToken cancel);
}
