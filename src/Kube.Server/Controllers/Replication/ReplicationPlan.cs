using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers.Replication;

/// <summary>What a replica set is to do now.</summary>
/// <param name="Create">How many pods are missing.</param>
/// <param name="Delete">The pods too many.</param>
sealed record ReplicationPlan(int Create, IReadOnlyList<PodDocument> Delete)
{
    // As kube-controller-manager: so many creations or deletions at most in one go.
    const int Burst = 500;

    /// <summary>Its pods that count.</summary>
    public required IReadOnlyList<PodDocument> Active { get; init; }

    /// <param name="set">The replica set.</param>
    /// <param name="own">Its pods.</param>
    /// <param name="expected">Pods that were created and have not been seen yet.</param>
    /// <param name="leaving">Whether a pod is going.</param>
    /// <param name="now">The time.</param>
    public static ReplicationPlan Decide(ReplicaSetDocument set, IReadOnlyList<PodDocument> own, int expected, Func<PodDocument, bool> leaving, DateTimeOffset now)
    {
        var active = own.Where(pod => !pod.IsFinished && !leaving(pod)).ToList();
        if (set.Metadata.DeletionTimestamp is not null) return new ReplicationPlan(0, []) { Active = active };
        var missing = set.Replicas - active.Count - expected;
        IReadOnlyList<PodDocument> surplus = missing < 0 && expected == 0 ? [.. DeletionOrder.Sort(active, now).Take(Math.Min(-missing, Burst))] : [];
        return new ReplicationPlan(Math.Clamp(missing, 0, Burst), surplus) { Active = active };
    }
}
