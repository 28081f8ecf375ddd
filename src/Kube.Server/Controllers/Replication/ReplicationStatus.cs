using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers.Replication;

/// <summary>Counts a replication controller's pods. Pure.</summary>
static class ReplicationStatus
{
    public static ReplicationControllerStatus Of(ReplicationControllerDocument controller, IReadOnlyList<PodDocument> active, string? failure, DateTimeOffset now)
    {
        var template = Labels(controller);
        return new ReplicationControllerStatus
        {
            Replicas = active.Count,
            FullyLabeledReplicas = active.Count(p => template.All(l => p.Metadata.Labels?.GetValueOrDefault(l.Key) == l.Value)),
            ReadyReplicas = active.Count(p => p.IsReady),
            AvailableReplicas = active.Count(p => AvailableIn(controller, p, now) == TimeSpan.Zero),
            ObservedGeneration = controller.Metadata.Generation,
            Conditions = Conditions(controller, failure, now),
        };
    }

    /// <summary>When the next pod that is ready has been so for long enough; null: none waits for that.</summary>
    public static TimeSpan? NextAvailable(ReplicationControllerDocument controller, IReadOnlyList<PodDocument> active, DateTimeOffset now) =>
        active.Select(p => AvailableIn(controller, p, now)).Where(t => t > TimeSpan.Zero).Min();

    public static bool Equal(ReplicationControllerStatus a, ReplicationControllerStatus b) =>
        a.Replicas == b.Replicas && a.FullyLabeledReplicas == (b.FullyLabeledReplicas ?? 0) && a.ReadyReplicas == (b.ReadyReplicas ?? 0)
        && a.AvailableReplicas == (b.AvailableReplicas ?? 0) && a.ObservedGeneration == (b.ObservedGeneration ?? 0)
        && (a.Conditions ?? []).SequenceEqual(b.Conditions ?? []);

    static TimeSpan? AvailableIn(ReplicationControllerDocument controller, PodDocument pod, DateTimeOffset now)
    {
        if (!pod.IsReady) return null;
        var needed = TimeSpan.FromSeconds(controller.Spec.MinReadySeconds ?? 0);
        var readyFor = now - (pod.ReadyCondition!.LastTransitionTime ?? now);
        return readyFor >= needed ? TimeSpan.Zero : needed - readyFor;
    }

    static IReadOnlyList<Condition> Conditions(ReplicationControllerDocument controller, string? failure, DateTimeOffset now)
    {
        var others = (controller.Status.Conditions ?? []).Where(c => c.Type != "ReplicaFailure");
        if (failure is null) return [.. others];
        var before = controller.Status.Conditions?.FirstOrDefault(c => c.Type == "ReplicaFailure");
        // The second is as fine as documents tell it.
        var since = before?.LastTransitionTime ?? DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        return [.. others, new Condition { Type = "ReplicaFailure", Status = "True", Reason = "FailedCreate", Message = failure, LastTransitionTime = since }];
    }

    static IEnumerable<(string Key, string? Value)> Labels(ReplicationControllerDocument controller)
    {
        var template = controller.Spec.Template;
        if (template.ValueKind != System.Text.Json.JsonValueKind.Object || !template.TryGetProperty("metadata", out var metadata)
            || metadata.ValueKind != System.Text.Json.JsonValueKind.Object || !metadata.TryGetProperty("labels", out var labels) || labels.ValueKind != System.Text.Json.JsonValueKind.Object) return [];
        return labels.EnumerateObject().Select(l => (l.Name, l.Value.GetString()));
    }
}
