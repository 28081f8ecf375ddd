using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers.Garbage;

/// <summary>How it stands with an owner.</summary>
enum OwnerState
{
    Present,
    /// <summary>It is there, or of a kind that is not served, and no watch has told of it: it may go without a word, too.</summary>
    Unseen,
    /// <summary>There is none of that name and uid where it would be.</summary>
    Absent,
    /// <summary>It is being deleted and waits for what it owns.</summary>
    WaitsForDependents,
}

/// <summary>What the collector does about one object.</summary>
abstract record GarbagePlan
{
    public sealed record Nothing : GarbagePlan;

    /// <param name="Policy">What becomes of its own dependents.</param>
    public sealed record Delete(string Policy) : GarbagePlan;

    /// <param name="Keep">The owners that remain.</param>
    public sealed record DropOwners(IReadOnlyList<OwnerReference> Keep) : GarbagePlan;

    /// <summary>Its dependents are looked at: they go, now that it waits for them.</summary>
    public sealed record CollectDependents(IReadOnlyList<GraphObject> Dependents) : GarbagePlan;

    /// <param name="Dependents">The ones that are to be nobody's first.</param>
    public sealed record Orphan(IReadOnlyList<GraphObject> Dependents) : GarbagePlan;

    /// <summary>The finalizer that it waited with has done its work.</summary>
    public sealed record Finish(string Finalizer) : GarbagePlan;

    /// <summary>Decides. Pure.</summary>
    /// <param name="item">The object.</param>
    /// <param name="dependents">What names it as an owner.</param>
    /// <param name="stateOf">How it stands with each of its owners.</param>
    public static GarbagePlan Decide(GraphObject item, IReadOnlyList<GraphObject> dependents, Func<OwnerReference, OwnerState> stateOf)
    {
        if (item.OrphansDependents) return dependents.Count == 0 ? new Finish(GraphObject.OrphanFinalizer) : new Orphan(dependents);
        if (item.WaitsForDependents)
        {
            // Only those hold it back that say so; the others go after it.
            var blocking = dependents.Where(d => d.Metadata.OwnerReferences!.Any(o => o.Uid == item.Metadata.Uid && o.BlockOwnerDeletion == true)).ToArray();
            return blocking.Length == 0 ? new Finish(GraphObject.ForegroundFinalizer) : new CollectDependents(dependents);
        }
        if (item.Metadata.DeletionTimestamp is not null || item.Metadata.OwnerReferences is not { Count: > 0 } owners) return new Nothing();
        var states = owners.Select(o => (Owner: o, State: stateOf(o))).ToArray();
        var present = states.Where(s => s.State is OwnerState.Present or OwnerState.Unseen).Select(s => s.Owner).ToArray();
        if (present.Length > 0) return present.Length == states.Length ? new Nothing() : new DropOwners(present);
        // Where an owner waits, what this one owns goes before it does, and so on down.
        return new Delete(states.Any(s => s.State == OwnerState.WaitsForDependents) && dependents.Count > 0 ? "Foreground" : PolicyOf(item));
    }

    static string PolicyOf(GraphObject item) => item.Metadata.Finalizers switch
    {
        { } f when f.Contains(GraphObject.OrphanFinalizer) => "Orphan",
        { } f when f.Contains(GraphObject.ForegroundFinalizer) => "Foreground",
        _ => "Background",
    };
}
