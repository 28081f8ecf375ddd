using Kube.Server.Controllers.Documents;
using Kube.Server.Controllers.Revisions;
using Kube.Server.Controllers.Scheduling;

namespace Kube.Server.Controllers.DaemonSets;

/// <summary>What a daemon set is to do now. Pure.</summary>
/// <remarks>https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/</remarks>
sealed record DaemonSetPlan
{
    // A pod that ends at once must not be replaced at once for ever.
    static readonly TimeSpan FailedStay = TimeSpan.FromSeconds(10);

    public required DaemonSetStatus Status { get; init; }

    /// <summary>The nodes that lack a pod.</summary>
    public IReadOnlyList<string> Create { get; private init; } = [];

    public IReadOnlyList<PodDocument> Delete { get; private init; } = [];

    /// <summary>When to look again without a change.</summary>
    public TimeSpan? Again { get; private init; }

    /// <param name="set">The daemon set.</param>
    /// <param name="nodes">All nodes.</param>
    /// <param name="own">Its pods.</param>
    /// <param name="hash">The present template's.</param>
    /// <param name="expected">Pods that were created and have not been seen yet.</param>
    /// <param name="leaving">Whether a pod is going.</param>
    /// <param name="now">The time.</param>
    public static DaemonSetPlan Decide(
        DaemonSetDocument set, IReadOnlyCollection<NodeDocument> nodes, IReadOnlyList<PodDocument> own, string hash, int expected, Func<PodDocument, bool> leaving, DateTimeOffset now)
    {
        var sample = DaemonPods.Sample(set);
        var pods = own.Where(p => DaemonPods.NodeOf(p) is not null).ToLookup(p => DaemonPods.NodeOf(p)!);
        List<string> create = [];
        List<PodDocument> delete = [], old = [];
        TimeSpan? again = null;
        var (desired, current, misscheduled, ready, available, updated, lacking) = (0, 0, 0, 0, 0, 0, 0);
        foreach (var node in nodes)
        {
            var here = pods[node.Metadata.Name].OrderBy(p => p.Metadata.CreationTimestamp).ThenBy(p => p.Metadata.Uid, StringComparer.Ordinal).ToList();
            var alive = here.Where(p => !p.IsFinished && !leaving(p)).ToList();
            var wanted = PodPlacement.FaultOf(sample, node) is null;
            if (!wanted)
            {
                if (here.Count > 0) misscheduled++;
                if (!MayStay(sample, node)) delete.AddRange(alive);
                continue;
            }
            desired++;
            foreach (var ended in here.Where(p => p.IsFinished && !leaving(p)))
                if ((ended.Metadata.CreationTimestamp ?? now) + FailedStay is var until && until > now) again = Least(again, until - now);
                else delete.Add(ended);
            if (here.Count == 0) create.Add(node.Metadata.Name);
            // The first one stays; a second one came of a race.
            delete.AddRange(alive.Skip(1));
            if (alive.FirstOrDefault() is not { } pod)
            {
                lacking++;
                continue;
            }
            current++;
            if (pod.IsReady) ready++;
            var isAvailable = pod.IsAvailable(set.Spec.MinReadySeconds, now);
            if (isAvailable) available++;
            else
            {
                lacking++;
                if (pod.AvailableIn(set.Spec.MinReadySeconds, now) is { } left) again = Least(again, left);
            }
            if (pod.Metadata.Labels?.GetValueOrDefault(RevisionPlan.Label) == hash) updated++;
            else old.Add(pod);
        }
        // Nodes that are no more leave their pods behind.
        var known = nodes.Select(n => n.Metadata.Name).ToHashSet();
        delete.AddRange(pods.Where(g => !known.Contains(g.Key)).SelectMany(g => g).Where(p => !leaving(p)));
        var plan = new DaemonSetPlan
        {
            Status = new DaemonSetStatus
            {
                DesiredNumberScheduled = desired, CurrentNumberScheduled = current, NumberMisscheduled = misscheduled, NumberReady = ready, NumberAvailable = available,
                NumberUnavailable = desired - available, UpdatedNumberScheduled = updated, ObservedGeneration = set.Metadata.Generation,
            },
            Again = again,
        };
        if (set.Metadata.DeletionTimestamp is not null) return plan;
        return plan with { Create = expected > 0 ? [] : create, Delete = [.. delete, .. Outdated(set, old, desired, lacking, now)] };
    }

    // Those that do not work anyway make way first; of the others only as many as may be missing.
    static IEnumerable<PodDocument> Outdated(DaemonSetDocument set, List<PodDocument> old, int desired, int lacking, DateTimeOffset now)
    {
        if (set.Spec.UpdateStrategy.Type == "OnDelete") return [];
        var most = IntOrPercent.Resolve(set.Spec.UpdateStrategy.RollingUpdate?.MaxUnavailable ?? default, desired, up: true, missing: 1);
        var working = old.Where(p => p.IsAvailable(set.Spec.MinReadySeconds, now)).ToList();
        return [.. old.Except(working), .. working.Take(Math.Max(0, Math.Max(1, most) - lacking))];
    }

    static bool MayStay(PodDocument sample, NodeDocument node) =>
        NodeAffinityMatch.Matches(sample.Spec, node.Metadata)
        && NodeTaints.Of(node).Where(t => t.Effect == "NoExecute").All(t => Tolerations.Tolerate(sample.Spec.Tolerations ?? [], t));

    static TimeSpan Least(TimeSpan? one, TimeSpan other) => one is { } some && some < other ? some : other;
}
