using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers.Deployments;

/// <summary>What a deployment is to do now. Pure.</summary>
/// <remarks>Each round does one kind of thing; the changes that follow from it begin the next.</remarks>
sealed record DeploymentPlan
{
    /// <summary>The set of the present template; null: there is none yet.</summary>
    public ReplicaSetDocument? Newest { get; private init; }

    /// <summary>The revision of the present template.</summary>
    public long Number { get; private init; }

    /// <summary>The size of the set to make for the present template; null: none is made.</summary>
    public int? Create { get; private init; }

    public IReadOnlyList<(ReplicaSetDocument Set, int Replicas)> Resize { get; private init; } = [];

    /// <summary>Sets of old templates beyond the history's limit.</summary>
    public IReadOnlyList<ReplicaSetDocument> Forget { get; private init; } = [];

    /// <summary>Whether it works on an update: it is neither paused nor just being scaled.</summary>
    public bool Rolls { get; private init; }

    /// <param name="sets">Its replica sets.</param>
    /// <param name="hasPods">Whether a set has pods that have not ended, counted or not: a new start waits for them.</param>
    public static DeploymentPlan Decide(DeploymentDocument deployment, IReadOnlyList<ReplicaSetDocument> sets, Func<ReplicaSetDocument, bool> hasPods)
    {
        // The oldest of several equal ones: that it was there first is all that tells them apart.
        var newest = sets.Where(s => TemplateHash.Same(s.Spec.Template, deployment.Spec.Template)).OrderBy(s => s.Metadata.CreationTimestamp).FirstOrDefault();
        var old = sets.Where(s => s != newest).ToList();
        var plan = new DeploymentPlan { Newest = newest, Number = Math.Max(newest is null ? 0 : Revision.Of(newest), old.Select(Revision.Of).DefaultIfEmpty().Max() + 1) };
        if (deployment.Metadata.DeletionTimestamp is not null) return plan;
        if (deployment.Spec.Paused || DeploymentScale.IsScaled(deployment, sets))
        {
            var resize = DeploymentScale.Scale(deployment, newest, old);
            return plan with { Resize = resize, Forget = deployment.Spec.Paused && resize.Count == 0 ? Superfluous(deployment, old) : [] };
        }
        plan = plan with { Rolls = true };
        if (!deployment.IsRolling && old.Where(s => s.Replicas > 0).ToList() is { Count: > 0 } running)
            return plan with { Resize = [.. running.Select(s => (s, 0))] };
        if (!deployment.IsRolling && newest is null && old.Any(hasPods)) return plan;
        if (newest is null) return plan with { Create = DeploymentScale.NewestSize(deployment, 0, old) };
        // A new start has new pods only after the last old one has gone.
        if (!deployment.IsRolling && newest.Replicas == 0 && old.Any(hasPods)) return plan;
        plan = plan with { Resize = DeploymentScale.Roll(deployment, newest, old) };
        var complete = plan.Resize.Count == 0 && newest.Status.AvailableReplicas == deployment.Replicas && old.All(s => s.Replicas == 0 && s.Status.Replicas == 0);
        return complete ? plan with { Forget = Superfluous(deployment, old) } : plan;
    }

    static IReadOnlyList<ReplicaSetDocument> Superfluous(DeploymentDocument deployment, IEnumerable<ReplicaSetDocument> old)
    {
        if (deployment.Spec.RevisionHistoryLimit is not { } limit) return [];
        var idle = old.Where(s => s.Replicas == 0 && s.Status.Replicas == 0 && s.Metadata.Generation <= s.Status.ObservedGeneration && s.Metadata.DeletionTimestamp is null)
            .OrderBy(Revision.Of).ToList();
        return [.. idle.Take(Math.Max(0, idle.Count - limit))];
    }
}
