using System.Collections.Immutable;

namespace Kube.Server.Storage;

/// <summary>The latest changes, for watches that start in the past and lists of an older revision. Bounded in number and in bytes.</summary>
sealed class EventLog(long startRevision, int capacity, long maxBytes)
{
    readonly StoreEvent?[] _ring = new StoreEvent?[capacity];
    int _start;
    int _count;
    long _bytes;

    /// <summary>Every change after this revision is here.</summary>
    public long Oldest { get; private set; } = startRevision;

    public void Append(StoreEvent change)
    {
        while (_count == _ring.Length || (_count > 0 && _bytes + change.Bytes > maxBytes))
            DropOldest();
        _ring[(_start + _count) % _ring.Length] = change;
        _count++;
        _bytes += change.Bytes;
    }

    /// <summary>The changes of a collection after a revision, in order.</summary>
    /// <exception cref="RevisionExpiredException">Some of them are gone.</exception>
    public List<StoreEvent> Since(string collection, long revision)
    {
        if (revision < Oldest)
            throw new RevisionExpiredException(revision, Oldest);
        var changes = new List<StoreEvent>();
        for (var i = FirstAfter(revision); i < _count; i++)
        {
            var change = At(i);
            if (change.Collection == collection)
                changes.Add(change);
        }

        return changes;
    }

    /// <summary>A collection as it was at a revision: the present one with the later changes undone.</summary>
    /// <exception cref="RevisionExpiredException">Some of the later changes are gone.</exception>
    public ImmutableSortedSet<StoredObject> Rewind(string collection, ImmutableSortedSet<StoredObject> present, long revision)
    {
        var changes = Since(collection, revision);
        if (changes.Count == 0)
            return present;
        var past = present.ToBuilder();
        for (var i = changes.Count - 1; i >= 0; i--)
        {
            past.Remove(changes[i].Object);
            if (changes[i].Previous is { } previous)
                past.Add(previous);
        }

        return past.ToImmutable();
    }

    StoreEvent At(int index) => _ring[(_start + index) % _ring.Length]!;

    int FirstAfter(long revision)
    {
        var (low, high) = (0, _count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (At(middle).Revision <= revision)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    void DropOldest()
    {
        var dropped = At(0);
        _ring[_start] = null;
        _start = (_start + 1) % _ring.Length;
        _count--;
        _bytes -= dropped.Bytes;
        Oldest = dropped.Revision;
    }
}
