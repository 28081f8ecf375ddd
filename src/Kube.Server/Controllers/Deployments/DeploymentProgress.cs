using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers.Deployments;

/// <summary>How a deployment stands: its counts and its conditions, in the words of kube-controller-manager. Pure.</summary>
static class DeploymentProgress
{
    const string Available = "Available";
    const string Progressing = "Progressing";
    const string ReplicaFailure = "ReplicaFailure";
    const string TimedOut = "ProgressDeadlineExceeded";

    /// <summary>What happened to the newest replica set in this round.</summary>
    public enum Step
    {
        Nothing,
        Found,
        Created,
        NotCreated,
    }

    /// <param name="sets">All its replica sets, the newest among them.</param>
    /// <param name="rolls">Whether it works on an update: it is neither paused nor just being scaled.</param>
    public static DeploymentStatus Of(
        DeploymentDocument deployment, ReplicaSetDocument? newest, IReadOnlyCollection<ReplicaSetDocument> sets, bool rolls, DateTimeOffset time, (Step Step, string Set, string Message) made = default)
    {
        var now = WholeSeconds.Of(time);
        var available = sets.Sum(s => s.Status.AvailableReplicas);
        var status = deployment.Status with
        {
            ObservedGeneration = deployment.Metadata.Generation,
            Replicas = sets.Sum(s => s.Status.Replicas),
            UpdatedReplicas = newest?.Status.Replicas ?? 0,
            ReadyReplicas = sets.Sum(s => s.Status.ReadyReplicas),
            AvailableReplicas = available,
            UnavailableReplicas = Math.Max(0, sets.Sum(s => s.Replicas) - available),
        };
        var conditions = (deployment.Status.Conditions ?? []).ToList();
        var enough = available >= deployment.Replicas - RolloutBounds.Of(deployment).Unavailable;
        Set(conditions, enough
            ? New(Available, "True", "MinimumReplicasAvailable", "Deployment has minimum availability.", now)
            : New(Available, "False", "MinimumReplicasUnavailable", "Deployment does not have minimum availability.", now));
        if (!deployment.HasDeadline) conditions.RemoveAll(c => c.Type == Progressing);
        else
        {
            SetMade(conditions, made, now);
            SetPaused(deployment, conditions, now);
            if (rolls && made.Step != Step.NotCreated) SetProgress(deployment, newest, status, conditions, now);
        }
        if (rolls) SetFailure(newest, sets, conditions, now);
        return status with { Conditions = conditions };
    }

    /// <summary>Whether all pods are new, available, and no others are left.</summary>
    public static bool IsComplete(DeploymentDocument deployment, DeploymentStatus status) =>
        status.UpdatedReplicas == deployment.Replicas && status.Replicas == deployment.Replicas && status.AvailableReplicas == deployment.Replicas
        && status.ObservedGeneration >= deployment.Metadata.Generation;

    /// <summary>When it will have made no progress for too long; null: it is not waiting.</summary>
    public static TimeSpan? Deadline(DeploymentDocument deployment, DeploymentStatus status, DateTimeOffset now)
    {
        if (!deployment.HasDeadline || deployment.Spec.Paused || IsComplete(deployment, status)) return null;
        if (status.Conditions?.FirstOrDefault(c => c.Type == Progressing) is not { } progress || progress.Reason is "NewReplicaSetAvailable" or TimedOut) return null;
        // A second more: times are told in whole ones.
        var end = (progress.LastUpdateTime ?? now).AddSeconds(deployment.Spec.ProgressDeadlineSeconds!.Value + 1);
        return end > now ? end - now : TimeSpan.Zero;
    }

    static void SetMade(List<Condition> conditions, (Step Step, string Set, string Message) made, DateTimeOffset now)
    {
        var has = conditions.Exists(c => c.Type == Progressing);
        switch (made.Step)
        {
            case Step.Created:
                Set(conditions, New(Progressing, "True", "NewReplicaSetCreated", $"Created new replica set \"{made.Set}\"", now));
                break;
            case Step.Found when !has:
                Set(conditions, New(Progressing, "True", "FoundNewReplicaSet", $"Found new replica set \"{made.Set}\"", now));
                break;
            case Step.NotCreated:
                Set(conditions, New(Progressing, "False", "ReplicaSetCreateError", $"Failed to create new replica set \"{made.Set}\": {made.Message}", now));
                break;
        }
    }

    static void SetPaused(DeploymentDocument deployment, List<Condition> conditions, DateTimeOffset now)
    {
        var reason = conditions.Find(c => c.Type == Progressing)?.Reason;
        if (reason == TimedOut) return;
        if (deployment.Spec.Paused && reason != "DeploymentPaused") Set(conditions, New(Progressing, "Unknown", "DeploymentPaused", "Deployment is paused", now));
        else if (!deployment.Spec.Paused && reason == "DeploymentPaused") Set(conditions, New(Progressing, "Unknown", "DeploymentResumed", "Deployment is resumed", now));
    }

    static void SetProgress(DeploymentDocument deployment, ReplicaSetDocument? newest, DeploymentStatus status, List<Condition> conditions, DateTimeOffset now)
    {
        var what = newest is null ? $"Deployment \"{deployment.Metadata.Name}\"" : $"ReplicaSet \"{newest.Metadata.Name}\"";
        var current = conditions.Find(c => c.Type == Progressing);
        if (status.Replicas == status.UpdatedReplicas && current?.Reason == "NewReplicaSetAvailable") return;
        if (IsComplete(deployment, status)) Set(conditions, New(Progressing, "True", "NewReplicaSetAvailable", what + " has successfully progressed.", now));
        else if (HasProgressed(deployment.Status, status))
        {
            // Replaced even where nothing but its time is new: the deadline counts from the last progress.
            conditions.RemoveAll(c => c.Type == Progressing);
            conditions.Add(New(Progressing, "True", "ReplicaSetUpdated", what + " is progressing.", now) with
            {
                LastTransitionTime = current is { Status: "True", LastTransitionTime: { } since } ? since : now,
            });
        }
        else if (current is not null && (current.Reason == TimedOut || (current.Reason != "NewReplicaSetAvailable" && current.LastUpdateTime?.AddSeconds(deployment.Spec.ProgressDeadlineSeconds!.Value) < now)))
            Set(conditions, New(Progressing, "False", TimedOut, what + " has timed out progressing.", now));
    }

    static bool HasProgressed(DeploymentStatus before, DeploymentStatus after) =>
        after.UpdatedReplicas > before.UpdatedReplicas
        || after.Replicas - after.UpdatedReplicas < before.Replicas - before.UpdatedReplicas
        || after.ReadyReplicas > before.ReadyReplicas || after.AvailableReplicas > before.AvailableReplicas;

    static void SetFailure(ReplicaSetDocument? newest, IEnumerable<ReplicaSetDocument> sets, List<Condition> conditions, DateTimeOffset now)
    {
        static Condition? FailureOf(ReplicaSetDocument? set) => set?.Status.Conditions?.FirstOrDefault(c => c.Type == ReplicaFailure && c.Status == "True");
        if ((FailureOf(newest) ?? sets.Select(FailureOf).FirstOrDefault(c => c is not null)) is { } failure)
            Set(conditions, New(ReplicaFailure, failure.Status, failure.Reason ?? "", failure.Message ?? "", now));
        else conditions.RemoveAll(c => c.Type == ReplicaFailure);
    }

    static Condition New(string type, string status, string reason, string message, DateTimeOffset now) =>
        new() { Type = type, Status = status, Reason = reason, Message = message, LastUpdateTime = now, LastTransitionTime = now };

    // One of the same status and reason stays as it is, its message and times included.
    static void Set(List<Condition> conditions, Condition condition)
    {
        var current = conditions.Find(c => c.Type == condition.Type);
        if (current?.Status == condition.Status && current.Reason == condition.Reason) return;
        conditions.RemoveAll(c => c.Type == condition.Type);
        conditions.Add(current?.Status == condition.Status ? condition with { LastTransitionTime = current.LastTransitionTime } : condition);
    }
}
