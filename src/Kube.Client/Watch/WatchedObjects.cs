using System.Collections.Immutable;

namespace Kube.Watch;

/// <summary>What a watch knows: swapped whole, so that every reader has a snapshot. One writer.</summary>
/// <param name="read">What is known already.</param>
sealed class WatchedObjects(IReadOnlyList<KubeObject> read)
{
    volatile ImmutableDictionary<(string? Namespace, string Name), KubeObject> _now = read.ToImmutableDictionary(Key);

    public ImmutableDictionary<(string? Namespace, string Name), KubeObject> Now => _now;

    /// <summary>Takes a list as all there is, and tells what is different: first what went, then what came or changed, in the list's order. One that was
    /// deleted and made anew, with another uid, went and came.</summary>
    public IReadOnlyList<KubeWatchEvent> Restart(KubeList list)
    {
        var before = _now;
        var all = ImmutableDictionary.CreateBuilder<(string? Namespace, string Name), KubeObject>();
        foreach (var item in list.Items) all[Key(item)] = item;
        var now = _now = all.ToImmutable();
        return
        [
            .. before.Where(b => !now.TryGetValue(b.Key, out var item) || item.Uid != b.Value.Uid).Select(b => new KubeWatchEvent(KubeWatchEventType.Deleted, b.Value)),
            .. list.Items.Select(item => Difference(before.GetValueOrDefault(Key(item)), item)).OfType<KubeWatchEvent>(),
        ];
    }

    /// <summary>Takes a change, and tells what it is to who knows what was known: an object that is here already was modified, whatever the
    /// server calls it. Null: nothing new.</summary>
    public KubeWatchEvent? Apply(KubeWatchEvent change)
    {
        var key = Key(change.Object);
        var known = _now.GetValueOrDefault(key);
        if (change.Type == KubeWatchEventType.Deleted)
        {
            _now = _now.Remove(key);
            return known is null ? null : change;
        }
        _now = _now.SetItem(key, change.Object);
        return known is null ? change with { Type = KubeWatchEventType.Added }
            : known.Uid == change.Object.Uid && known.ResourceVersion == change.Object.ResourceVersion && known.ResourceVersion is not null ? null
            : change with { Type = KubeWatchEventType.Modified };
    }

    static KubeWatchEvent? Difference(KubeObject? old, KubeObject item) =>
        old is null || old.Uid != item.Uid ? new(KubeWatchEventType.Added, item)
        : old.ResourceVersion != item.ResourceVersion || item.ResourceVersion is null ? new(KubeWatchEventType.Modified, item)
        : null;

    static (string? Namespace, string Name) Key(KubeObject item) => (item.Namespace, item.Name);
}
