using System.Globalization;
using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers.Scheduling;

/// <summary>Where a pod may run.</summary>
abstract record Placement
{
    public sealed record On(string Node) : Placement;

    /// <param name="Message">Why, in the scheduler's words.</param>
    public sealed record Nowhere(string Message) : Placement;
}

/// <summary>Chooses a node for a pod. Pure.</summary>
static class PodPlacement
{
    /// <param name="pod">A pod without a node.</param>
    /// <param name="nodes">All nodes.</param>
    /// <param name="load">How many pods a node has; asked only where there is a choice.</param>
    public static Placement Choose(PodDocument pod, IReadOnlyCollection<NodeDocument> nodes, Func<string, int> load)
    {
        if (nodes.Count == 0) return new Placement.Nowhere("no nodes available to schedule pods");
        var faults = nodes.Select(node => (Node: node.Metadata.Name, Fault: FaultOf(pod, node))).ToArray();
        var fitting = faults.Where(f => f.Fault is null).Select(f => f.Node).ToArray();
        if (fitting.Length > 0)
            return new Placement.On(fitting.Length == 1 ? fitting[0] : fitting.OrderBy(load).ThenBy(n => n, StringComparer.Ordinal).First());
        var reasons = faults.GroupBy(f => f.Fault!).Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Count()} {g.Key}")).Order(StringComparer.Ordinal);
        return new Placement.Nowhere(string.Create(CultureInfo.InvariantCulture, $"0/{nodes.Count} nodes are available: {string.Join(", ", reasons)}."));
    }

    /// <returns>Why a pod may not run on a node, in the words of the scheduler's plugins and in their order; null: it may.</returns>
    internal static string? FaultOf(PodDocument pod, NodeDocument node)
    {
        var tolerations = pod.Spec.Tolerations ?? [];
        if (node.Spec.Unschedulable == true && !Tolerations.Tolerate(tolerations, NodeTaints.Unschedulable)) return "node(s) were unschedulable";
        foreach (var taint in NodeTaints.Of(node))
            if (taint.Effect is "NoSchedule" or "NoExecute" && !Tolerations.Tolerate(tolerations, taint))
                return $"node(s) had untolerated taint {{{taint.Key}: {taint.Value}}}";
        return NodeAffinityMatch.Matches(pod.Spec, node.Metadata) ? null : "node(s) didn't match Pod's node affinity/selector";
    }
}
