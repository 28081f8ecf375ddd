namespace Kube.Watch;

/// <summary>What happened between two lists. Pure.</summary>
static class ListDifference
{
    /// <summary>First what went, in no order, then what came or changed, in the new list's order. One that was deleted and made anew, with
    /// another uid, went and came.</summary>
    public static IEnumerable<KubeWatchEvent> Between(
        IReadOnlyDictionary<(string? Namespace, string Name), KubeObject> before, IReadOnlyList<KubeObject> items,
        IReadOnlyDictionary<(string? Namespace, string Name), KubeObject> now)
    {
        foreach (var (key, old) in before)
            if (!now.TryGetValue(key, out var item) || Other(old, item)) yield return new(KubeWatchEventType.Deleted, old);
        foreach (var item in items)
        {
            if (!before.TryGetValue((item.Namespace, item.Name), out var old) || Other(old, item)) yield return new(KubeWatchEventType.Added, item);
            else if (old.ResourceVersion != item.ResourceVersion || item.ResourceVersion is null) yield return new(KubeWatchEventType.Modified, item);
        }
    }

    static bool Other(KubeObject old, KubeObject item) => old.Uid != item.Uid;
}
