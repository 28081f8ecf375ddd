using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers.Replication;

/// <summary>What a replication controller is to do now.</summary>
/// <param name="Adopt">Pods without a controller that its selector matches.</param>
/// <param name="Release">Pods of its own that its selector no longer matches.</param>
/// <param name="Create">How many pods are missing.</param>
/// <param name="Delete">The pods too many.</param>
sealed record ReplicationPlan(IReadOnlyList<PodDocument> Adopt, IReadOnlyList<PodDocument> Release, int Create, IReadOnlyList<PodDocument> Delete)
{
    // As kube-controller-manager: so many creations or deletions at most in one go.
    const int Burst = 500;

    /// <summary>Its pods that count, the ones to adopt among them.</summary>
    public required IReadOnlyList<PodDocument> Active { get; init; }

    /// <param name="controller">The replication controller.</param>
    /// <param name="pods">All pods of its namespace.</param>
    /// <param name="expected">Pods that were created and have not been seen yet.</param>
    /// <param name="leaving">Whether a pod's deletion was asked for and has not been seen yet.</param>
    /// <param name="now">The time.</param>
    public static ReplicationPlan Decide(ReplicationControllerDocument controller, IEnumerable<PodDocument> pods, int expected, Func<PodDocument, bool> leaving, DateTimeOffset now)
    {
        List<PodDocument> active = [], adopt = [], release = [];
        var isLeaving = controller.Metadata.DeletionTimestamp is not null;
        foreach (var pod in pods)
        {
            if (pod.IsFinished || pod.Metadata.DeletionTimestamp is not null || leaving(pod)) continue;
            var matches = Matches(controller.Spec.Selector, pod.Metadata.Labels);
            if (pod.Metadata.Controller is { } owner)
            {
                if (owner.Uid != controller.Metadata.Uid) continue;
                (matches ? active : release).Add(pod);
            }
            else if (matches && !isLeaving)
            {
                adopt.Add(pod);
                active.Add(pod);
            }
        }
        if (isLeaving) return new ReplicationPlan([], [], 0, []) { Active = active };
        var missing = (controller.Spec.Replicas ?? 1) - active.Count - expected;
        IReadOnlyList<PodDocument> surplus = missing < 0 && expected == 0 ? [.. DeletionOrder.Sort(active, now).Take(Math.Min(-missing, Burst))] : [];
        return new ReplicationPlan(adopt, release, Math.Clamp(missing, 0, Burst), surplus) { Active = active };
    }

    internal static bool Matches(IReadOnlyDictionary<string, string>? selector, IReadOnlyDictionary<string, string>? labels) =>
        selector is { Count: > 0 } && selector.All(wanted => labels is not null && labels.TryGetValue(wanted.Key, out var value) && value == wanted.Value);
}
