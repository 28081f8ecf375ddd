using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers.Deployments;

/// <summary>How many replicas each replica set of a deployment is to have next. Pure.</summary>
/// <remarks>https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment and #proportional-scaling</remarks>
static class DeploymentScale
{
    /// <summary>What an update does next: first room for new pods, then old ones away as far as enough stay available.</summary>
    /// <returns>The new sizes of sets that change; none: nothing to do for now.</returns>
    public static IReadOnlyList<(ReplicaSetDocument Set, int Replicas)> Roll(DeploymentDocument deployment, ReplicaSetDocument newest, IReadOnlyList<ReplicaSetDocument> old)
    {
        var size = NewestSize(deployment, newest.Replicas, old);
        return size != newest.Replicas ? [(newest, size)] : ShrinkOld(deployment, newest, old);
    }

    /// <summary>The size of the newest set beside the others.</summary>
    public static int NewestSize(DeploymentDocument deployment, int present, IEnumerable<ReplicaSetDocument> old)
    {
        var wanted = deployment.Replicas;
        if (!deployment.IsRolling || present > wanted) return wanted;
        var room = wanted + RolloutBounds.Of(deployment).Surge - present - old.Sum(s => s.Replicas);
        return present + Math.Clamp(room, 0, wanted - present);
    }

    static List<(ReplicaSetDocument, int)> ShrinkOld(DeploymentDocument deployment, ReplicaSetDocument newest, IReadOnlyList<ReplicaSetDocument> old)
    {
        var sizes = old.Where(s => s.Replicas > 0).OrderBy(s => s.Metadata.CreationTimestamp).ThenBy(s => s.Metadata.Name, StringComparer.Ordinal).Select(s => (Set: s, s.Replicas)).ToList();
        var least = deployment.Replicas - RolloutBounds.Of(deployment).Unavailable;
        var spare = newest.Replicas + sizes.Sum(s => s.Replicas) - least - (newest.Replicas - newest.Status.AvailableReplicas);
        if (spare <= 0) return [];
        // What is not available is of no use to anyone, so it goes first.
        for (var i = 0; i < sizes.Count; i++)
        {
            var less = Math.Clamp(sizes[i].Replicas - sizes[i].Set.Status.AvailableReplicas, 0, spare);
            sizes[i] = (sizes[i].Set, sizes[i].Replicas - less);
            spare -= less;
        }
        var surplus = newest.Status.AvailableReplicas + old.Sum(s => s.Status.AvailableReplicas) - least;
        for (var i = 0; i < sizes.Count && surplus > 0; i++)
        {
            var less = Math.Min(sizes[i].Replicas, surplus);
            sizes[i] = (sizes[i].Set, sizes[i].Replicas - less);
            surplus -= less;
        }
        return [.. sizes.Where(s => s.Replicas != s.Set.Replicas)];
    }

    /// <summary>Whether the deployment was scaled since its sets were last sized.</summary>
    public static bool IsScaled(DeploymentDocument deployment, IEnumerable<ReplicaSetDocument> sets) =>
        sets.Any(s => s.Replicas > 0 && Revision.Read(s.Metadata, Revision.DesiredReplicas) is { } desired && desired != deployment.Replicas);

    /// <summary>A change of scale: of the one set that there is, or, in the middle of an update, of all by their shares.</summary>
    public static IReadOnlyList<(ReplicaSetDocument Set, int Replicas)> Scale(DeploymentDocument deployment, ReplicaSetDocument? newest, IReadOnlyList<ReplicaSetDocument> old)
    {
        var active = old.Append(newest).OfType<ReplicaSetDocument>().Where(s => s.Replicas > 0).ToList();
        if (active.Count <= 1)
        {
            var only = active.FirstOrDefault() ?? newest ?? old.MaxBy(Revision.Of);
            return only is null || (only.Replicas == deployment.Replicas && !IsScaled(deployment, active)) ? [] : [(only, deployment.Replicas)];
        }
        if (newest is not null && IsSaturated(deployment, newest)) return [.. active.Where(s => s != newest).Select(s => (s, 0))];
        return deployment.IsRolling ? Share(deployment, active) : [.. active.Select(s => (s, s.Replicas))];
    }

    static bool IsSaturated(DeploymentDocument deployment, ReplicaSetDocument newest) =>
        newest.Replicas == deployment.Replicas
        && Revision.Read(newest.Metadata, Revision.DesiredReplicas) == deployment.Replicas
        && newest.Status.AvailableReplicas == deployment.Replicas;

    static List<(ReplicaSetDocument, int)> Share(DeploymentDocument deployment, List<ReplicaSetDocument> active)
    {
        var most = deployment.Replicas > 0 ? deployment.Replicas + RolloutBounds.Of(deployment).Surge : 0;
        var change = most - active.Sum(s => s.Replicas);
        // The largest take their share first: of several alike the newer one when it grows, the older one when it shrinks.
        var ordered = active.OrderByDescending(s => s.Replicas);
        var sets = (change > 0 ? ordered.ThenByDescending(s => s.Metadata.CreationTimestamp) : ordered.ThenBy(s => s.Metadata.CreationTimestamp)).ToList();
        var sizes = sets.Select(s => s.Replicas).ToArray();
        var given = 0;
        for (var i = 0; i < sets.Count && change != 0; i++)
        {
            var left = change - given;
            var share = ShareOf(deployment, sets[i], most);
            share = change > 0 ? Math.Min(share, left) : Math.Max(share, left);
            sizes[i] += share;
            given += share;
        }
        // What rounding leaves over is the largest one's.
        sizes[0] = Math.Max(0, sizes[0] + change - given);
        return [.. sets.Zip(sizes)];
    }

    static int ShareOf(DeploymentDocument deployment, ReplicaSetDocument set, int most)
    {
        if (deployment.Replicas == 0) return -set.Replicas;
        var before = Revision.Read(set.Metadata, Revision.MaxReplicas) is { } known and > 0 ? known : Math.Max(1, deployment.Status.Replicas);
        return (int)Math.Round((double)set.Replicas * most / before, MidpointRounding.AwayFromZero) - set.Replicas;
    }
}
