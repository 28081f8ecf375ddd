using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers.Replication;

/// <summary>Counts a replica set's pods. Pure.</summary>
static class ReplicationStatus
{
    /// <param name="failure">Why pods could not be created or deleted; null: nothing failed.</param>
    public static ReplicaSetStatus Of(ReplicaSetDocument set, IReadOnlyList<PodDocument> active, string? failure, DateTimeOffset now)
    {
        var template = PodTemplate.Labels(set.Spec.Template);
        return new ReplicaSetStatus
        {
            Replicas = active.Count,
            FullyLabeledReplicas = active.Count(p => template.All(l => p.Metadata.Labels?.GetValueOrDefault(l.Key) == l.Value)),
            ReadyReplicas = active.Count(p => p.IsReady),
            AvailableReplicas = active.Count(p => p.IsAvailable(set.Spec.MinReadySeconds, now)),
            ObservedGeneration = set.Metadata.Generation,
            Conditions = Conditions(set, failure, active.Count < set.Replicas, now),
        };
    }

    /// <summary>When the next pod that is ready has been so for long enough; null: none waits for that.</summary>
    public static TimeSpan? NextAvailable(IEnumerable<PodDocument> pods, int minReadySeconds, DateTimeOffset now) =>
        pods.Select(p => p.AvailableIn(minReadySeconds, now)).Where(t => t > TimeSpan.Zero).Min();

    static IReadOnlyList<Condition> Conditions(ReplicaSetDocument set, string? failure, bool creating, DateTimeOffset now)
    {
        var others = (set.Status.Conditions ?? []).Where(c => c.Type != "ReplicaFailure");
        if (failure is null) return [.. others];
        var before = set.Status.Conditions?.FirstOrDefault(c => c.Type == "ReplicaFailure");
        return
        [
            .. others,
            new Condition
            {
                Type = "ReplicaFailure", Status = "True", Reason = creating ? "FailedCreate" : "FailedDelete", Message = failure,
                LastTransitionTime = before?.LastTransitionTime ?? WholeSeconds.Of(now),
            },
        ];
    }
}
