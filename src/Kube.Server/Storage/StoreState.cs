using System.Collections.Immutable;

namespace Kube.Server.Storage;

/// <summary>Every object as of one revision. Immutable: readers hold on to it for as long as they like.</summary>
sealed record StoreState(long Revision, ImmutableDictionary<string, ImmutableSortedSet<StoredObject>> Collections)
{
    public static StoreState Empty { get; } = new(0, ImmutableDictionary<string, ImmutableSortedSet<StoredObject>>.Empty);

    public ImmutableSortedSet<StoredObject> Collection(string name) =>
        Collections.TryGetValue(name, out var objects) ? objects : [];

    public StoredObject? Find(string collection, ObjectKey key)
    {
        var objects = Collection(collection);
        var at = Seek(objects, key);
        return at < objects.Count && objects[at].Key == key ? objects[at] : null;
    }

    /// <summary>The index of the first object whose key is not before the given one.</summary>
    public static int Seek(ImmutableSortedSet<StoredObject> objects, ObjectKey key)
    {
        var (low, high) = (0, objects.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (objects[middle].Key.CompareTo(key) < 0)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
