using System.Globalization;
using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers.Replication;

/// <summary>Which of several pods goes first when there are too many.</summary>
/// <remarks>https://kubernetes.io/docs/concepts/workloads/controllers/replicaset/#scaling-a-replicaset</remarks>
static class DeletionOrder
{
    const string CostAnnotation = "controller.kubernetes.io/pod-deletion-cost";

    public static IEnumerable<PodDocument> Sort(IReadOnlyCollection<PodDocument> pods, DateTimeOffset now)
    {
        var perNode = pods.Where(p => !string.IsNullOrEmpty(p.Spec.NodeName)).CountBy(p => p.Spec.NodeName!).ToDictionary();
        return pods
            .OrderBy(p => string.IsNullOrEmpty(p.Spec.NodeName) ? 0 : 1)
            .ThenBy(p => p.Status.Phase switch { "Pending" or null or "" => 0, "Unknown" => 1, _ => 2 })
            .ThenBy(p => p.IsReady ? 1 : 0)
            .ThenBy(Cost)
            .ThenByDescending(p => perNode.GetValueOrDefault(p.Spec.NodeName ?? ""))
            .ThenBy(p => p.IsReady ? Logarithm(now - p.ReadyCondition!.LastTransitionTime) : 0)
            .ThenByDescending(Restarts)
            .ThenBy(p => Logarithm(now - p.Metadata.CreationTimestamp))
            .ThenBy(p => p.Metadata.Uid, StringComparer.Ordinal);
    }

    static int Cost(PodDocument pod) =>
        pod.Metadata.Annotations?.GetValueOrDefault(CostAnnotation) is { } text
        && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var cost) ? cost : 0;

    static int Restarts(PodDocument pod) => pod.Status.ContainerStatuses is { Count: > 0 } all ? all.Max(c => c.RestartCount) : 0;

    // Ages count by their order of magnitude, as in Kubernetes, so that not always the newest is hit; an unknown one is young.
    static int Logarithm(TimeSpan? age) => age is { Ticks: > 0 } known ? (int)Math.Log2(Math.Max(1, known.TotalNanoseconds)) : 0;
}
