namespace Kube.Module.Completion;

/// <summary>Values that are kept for a moment after they were made, and then disposed of.</summary>
/// <param name="lifetime">How long.</param>
/// <param name="isRenewedByUse">Whether the time begins anew with each use.</param>
sealed class ShortLived<TKey, TValue>(TimeSpan lifetime, bool isRenewedByUse) where TKey : notnull where TValue : IDisposable
{
    readonly Dictionary<TKey, (TValue Value, Timer End)> _entries = [];

    /// <summary>The value of a key, made now where there is none.</summary>
    public TValue Get(TKey key, Func<TValue> make)
    {
        lock (_entries)
        {
            if (!_entries.TryGetValue(key, out var entry))
                _entries[key] = entry = (make(), new Timer(_ => Remove(key), null, lifetime, Timeout.InfiniteTimeSpan));
            else if (isRenewedByUse)
                entry.End.Change(lifetime, Timeout.InfiniteTimeSpan);
            return entry.Value;
        }
    }

    void Remove(TKey key)
    {
        lock (_entries)
        {
            if (!_entries.Remove(key, out var entry)) return;
            entry.End.Dispose();
            entry.Value.Dispose();
        }
    }
}
