using System.Globalization;
using Kube.Server.Controllers.Documents;
using Kube.Server.Controllers.Revisions;

namespace Kube.Server.Controllers.StatefulSets;

/// <summary>What a stateful set is to do now. Pure.</summary>
/// <remarks>https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/</remarks>
sealed record StatefulSetPlan
{
    public required StatefulSetStatus Status { get; init; }

    /// <summary>The ordinals of pods to create, and whether each is of the present template.</summary>
    public IReadOnlyList<(int Ordinal, bool Updated)> Create { get; private init; } = [];

    public IReadOnlyList<PodDocument> Delete { get; private init; } = [];

    /// <summary>When to look again without a change.</summary>
    public TimeSpan? Again { get; private init; }

    /// <param name="set">The stateful set.</param>
    /// <param name="own">Its pods.</param>
    /// <param name="update">The name of the present template's revision.</param>
    /// <param name="leaving">Whether a pod is going.</param>
    /// <param name="now">The time.</param>
    public static StatefulSetPlan Decide(StatefulSetDocument set, IReadOnlyList<PodDocument> own, string update, Func<PodDocument, bool> leaving, DateTimeOffset now)
    {
        var current = string.IsNullOrEmpty(set.Status.CurrentRevision) ? update : set.Status.CurrentRevision;
        var byOrdinal = own.Where(p => OrdinalOf(set, p) is not null).ToDictionary(p => OrdinalOf(set, p)!.Value);
        var wanted = Enumerable.Range(set.First, set.Replicas).ToList();
        bool IsHealthy(PodDocument pod) => pod.IsAvailable(set.Spec.MinReadySeconds, now) && !leaving(pod);
        var status = Count(set, byOrdinal.Values, current, update, leaving, now);
        var waiting = byOrdinal.Values.Select(p => p.AvailableIn(set.Spec.MinReadySeconds, now)).Where(t => t > TimeSpan.Zero).Min();
        var plan = new StatefulSetPlan { Status = status, Again = waiting };
        if (set.Metadata.DeletionTimestamp is not null) return plan;

        var create = new List<(int, bool)>();
        var delete = new List<PodDocument>();
        foreach (var ordinal in wanted)
        {
            var pod = byOrdinal.GetValueOrDefault(ordinal);
            if (pod is null) create.Add((ordinal, !IsOfOld(set, byOrdinal, ordinal, current, update)));
            else if (pod.IsFinished && !leaving(pod)) delete.Add(pod);
            else if (IsHealthy(pod)) continue;
            // In order: one that is not there yet, or not well, holds up those after it.
            if (set.IsOrdered) return plan with { Create = create, Delete = delete };
        }
        var superfluous = byOrdinal.Where(p => !wanted.Contains(p.Key)).OrderByDescending(p => p.Key).Select(p => p.Value).ToList();
        if (set.IsOrdered && superfluous.Count > 0)
            // The last one first, and the next one when it is gone.
            return plan with { Delete = superfluous.Exists(p => leaving(p)) ? [] : [superfluous[0]] };
        delete.AddRange(superfluous.Where(p => !leaving(p)));
        if (create.Count + delete.Count > 0 || set.Spec.UpdateStrategy.Type == "OnDelete") return plan with { Create = create, Delete = delete };

        foreach (var ordinal in wanted.Where(o => o >= set.First + set.Partition).Reverse())
        {
            var pod = byOrdinal[ordinal];
            if (leaving(pod)) return plan;
            if (RevisionOf(pod) != update) return plan with { Delete = [pod] };
            if (!IsHealthy(pod)) return plan;
        }
        return plan;
    }

    public static string NameOf(StatefulSetDocument set, int ordinal) => string.Create(CultureInfo.InvariantCulture, $"{set.Metadata.Name}-{ordinal}");

    /// <summary>The place of a pod in its set; null: its name is none of this set's.</summary>
    public static int? OrdinalOf(StatefulSetDocument set, PodDocument pod)
    {
        var name = pod.Metadata.Name;
        var prefix = set.Metadata.Name + "-";
        return name.StartsWith(prefix, StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal)
            && NameOf(set, ordinal) == name ? ordinal : null;
    }

    // An update goes from the last pod to the first: one that is missing below the partition, or below a pod of the old template, has not been reached.
    static bool IsOfOld(StatefulSetDocument set, Dictionary<int, PodDocument> pods, int ordinal, string current, string update)
    {
        if (current == update || set.Spec.UpdateStrategy.Type == "OnDelete") return false;
        return set.Partition > 0 ? ordinal - set.First < set.Partition : pods.Any(p => p.Key > ordinal && RevisionOf(p.Value) == current);
    }

    static StatefulSetStatus Count(StatefulSetDocument set, ICollection<PodDocument> pods, string current, string update, Func<PodDocument, bool> leaving, DateTimeOffset now)
    {
        var alive = pods.Where(p => !p.IsFinished).ToList();
        int Of(string revision) => alive.Count(p => !leaving(p) && RevisionOf(p) == revision);
        var status = new StatefulSetStatus
        {
            ObservedGeneration = set.Metadata.Generation, Replicas = alive.Count, ReadyReplicas = alive.Count(p => p.IsReady),
            AvailableReplicas = alive.Count(p => p.IsAvailable(set.Spec.MinReadySeconds, now)),
            CurrentReplicas = Of(current), UpdatedReplicas = Of(update), CurrentRevision = current, UpdateRevision = update,
        };
        var updated = set.Spec.UpdateStrategy.Type != "OnDelete" && status.UpdatedReplicas == status.Replicas && status.ReadyReplicas == status.Replicas && status.Replicas == set.Replicas;
        return updated ? status with { CurrentReplicas = status.UpdatedReplicas, CurrentRevision = update } : status;
    }

    static string? RevisionOf(PodDocument pod) => pod.Metadata.Labels?.GetValueOrDefault(RevisionPlan.Label);
}
