using System.Text.Json.Nodes;

namespace Kube.Server.Api.Apply;

/// <summary>
/// Decides who owns what after a change, and what an applied document makes of the object. The rules are those of
/// https://kubernetes.io/docs/reference/using-api/server-side-apply/.
/// </summary>
/// <param name="type">The type of the objects.</param>
/// <param name="counts">Says which fields of the object the request can change at all: those of its status or all others.</param>
sealed class FieldOwnership(FieldType type, Predicate<string> counts)
{
    const int MostUpdaters = 10;
    const string Ancient = "ancient-changes";
    const string BeforeFirstApply = "before-first-apply";

    // What names an object, and what the server alone sets, belongs to nobody.
    static readonly FieldSet OwnedByNobody = FieldSet.OfFields(
    [
        ["apiVersion"], ["kind"], ["metadata"], ["metadata", "name"], ["metadata", "namespace"], ["metadata", "creationTimestamp"], ["metadata", "selfLink"],
        ["metadata", "uid"], ["metadata", "generation"], ["metadata", "managedFields"], ["metadata", "resourceVersion"],
    ]);

    /// <summary>After a create, a replacement or a patch: what changed belongs to its sender.</summary>
    /// <param name="before">The object before; empty where it is new.</param>
    /// <param name="now">The time, as the API writes it.</param>
    public ManagedFields Update(ManagedFields managed, JsonObject before, JsonObject after, Manager sender, string now)
    {
        var difference = FieldComparison.Of(type, before, after, counts);
        if (difference.IsEmpty)
            return managed;
        managed = managed.Fitted(type).Select(e => e.Fields.Difference(difference.Taken).Difference(difference.Removed));
        var taken = difference.Taken.Difference(OwnedByNobody);
        if (taken.IsEmpty)
            return managed;
        var own = managed.Find(sender) is { } present ? present.Fields.Union(taken) : taken;
        return Cap(managed.With(new ManagedEntry(sender, now, own)));
    }

    /// <summary>What applying a document makes of an object.</summary>
    /// <param name="live">The object; empty where it is new.</param>
    /// <param name="force">Whether to take what others own.</param>
    /// <exception cref="FieldsException">The document cannot be taken apart.</exception>
    public AppliedFields Apply(ManagedFields managed, JsonObject live, JsonObject applied, Manager sender, bool force, string now)
    {
        if (managed.Entries.Count == 0)
            managed = Update(managed, [], live, sender with { Name = BeforeFirstApply, Operation = ManagerOperation.Update }, now);
        managed = managed.Fitted(type);
        var last = managed.Find(sender);
        var wanted = OwnedFields.Of(type, applied).Within(counts);
        var next = managed.With(new ManagedEntry(sender, now, wanted));
        var merged = FieldMerge.Merge(type, live, applied);
        if (last is not null)
            merged = Prune(merged, last.Fields, next);

        var difference = FieldComparison.Of(type, live, merged, counts);
        var conflicts = next.Entries.Where(e => !e.Manager.Is(sender))
            .Select(e => (e.Manager, Fields: e.Fields.Intersection(difference.Taken))).Where(c => !c.Fields.IsEmpty)
            .OrderBy(c => c.Manager.Name, StringComparer.Ordinal).ToList();
        if (conflicts.Count > 0 && !force)
            return new AppliedFields(merged, managed, conflicts);

        next = next.Select(e => e.Manager.Is(sender) ? e.Fields.Difference(OwnedByNobody) : e.Fields.Difference(difference.Taken).Difference(difference.Removed));
        // Who applies the same again changes nothing, not even the time.
        if (difference.IsEmpty && last is not null && next.Find(sender) is { } own && own.Fields.SetEquals(last.Fields))
            next = next.With(own with { Time = last.Time });
        return new AppliedFields(merged, next, []);
    }

    /// <summary>
    /// Takes out what the sender applied last time and does not now, unless somebody else owns it, too.
    /// </summary>
    JsonObject Prune(JsonObject merged, FieldSet last, ManagedFields managed)
    {
        var pruned = (JsonObject?)FieldMerge.Remove(type, merged, last.WithNamedFields(type)) ?? [];
        var all = Set(merged);
        var owned = managed.Entries.Aggregate(new FieldSet(), (set, e) => set.Union(e.Fields)).WithNamedFields(type);
        // What somebody owns comes back,
        pruned = (JsonObject?)FieldMerge.Remove(type, merged, all.Difference(Set(pruned).Union(owned))) ?? [];
        // and so does what went with its parent and never was the sender's.
        var gone = all.Difference(Set(pruned)).Intersection(last.WithNamedFields(type));
        return (JsonObject?)FieldMerge.Remove(type, merged, gone) ?? [];

        FieldSet Set(JsonObject document) => FieldSetOf(document).WithNamedFields(type);
    }

    FieldSet FieldSetOf(JsonObject document) => OwnedFields.Of(type, document);

    // Old updaters become one: an object that many write to must not grow without end.
    static ManagedFields Cap(ManagedFields managed)
    {
        var updaters = managed.Entries.Where(e => e.Manager.Operation == ManagerOperation.Update).OrderBy(e => e.Time, StringComparer.Ordinal).ToList();
        if (updaters.Count <= MostUpdaters)
            return managed;
        var oldest = updaters.Take(updaters.Count - MostUpdaters + 1).ToList();
        var rest = new ManagedFields([.. managed.Entries.Except(oldest)]);
        var newest = oldest[^1];
        return rest.With(new ManagedEntry(newest.Manager with { Name = Ancient, Subresource = "" }, newest.Time,
            oldest.Aggregate(new FieldSet(), (set, e) => set.Union(e.Fields))));
    }
}

/// <summary>What came of applying a document.</summary>
/// <param name="Conflicts">What others own and the document would change; where there are some nothing is to be written.</param>
sealed record AppliedFields(JsonObject Document, ManagedFields Managed, IReadOnlyList<(Manager Manager, FieldSet Fields)> Conflicts);
