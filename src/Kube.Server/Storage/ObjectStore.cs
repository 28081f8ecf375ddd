using System.Collections.Immutable;

namespace Kube.Server.Storage;

/// <summary>
/// All objects of the cluster: UTF-8 documents in memory, each change on disk before it is seen or answered.
/// Reads never wait for writes. Thread-safe.
/// </summary>
sealed class ObjectStore : IAsyncDisposable
{
    const int KeptEvents = 20_000;
    const long KeptBytes = 64 << 20;
    const int WatcherCapacity = 16_384;

    readonly Lock _gate = new();
    readonly SqliteDatabase? _database;
    readonly EventLog _log;
    readonly StoreWriter _writer;
    readonly int _watcherCapacity;
    ImmutableArray<WatchSubscription> _watchers = [];
    volatile StoreState _state;
    bool _closed;

    internal ObjectStore(SqliteDatabase? database, StoreState state, int keptEvents = KeptEvents, long keptBytes = KeptBytes, int watcherCapacity = WatcherCapacity)
    {
        (_database, _state, _watcherCapacity) = (database, state, watcherCapacity);
        _log = new EventLog(state.Revision, keptEvents, keptBytes);
        _writer = new StoreWriter(database, state, Publish);
    }

    /// <summary>The present state.</summary>
    public StoreState State => _state;

    /// <summary>Opens a database file, which is created if it is missing, or a store in memory alone when there is no path.</summary>
    /// <exception cref="StorageException">The file cannot be opened, is damaged, foreign or in use.</exception>
    public static Task<ObjectStore> OpenAsync(string? path, CancellationToken cancel = default) => Task.Run(() =>
    {
        if (path is null)
            return new ObjectStore(null, StoreState.Empty);
        var database = SqliteDatabase.Open(path);
        try
        {
            return new ObjectStore(database, database.Load());
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }, cancel);

    /// <summary>Makes a change. The task completes once it is on disk.</summary>
    /// <exception cref="StorageException">The disk is full or fails, or the store was closed; nothing was kept.</exception>
    public Task<WriteOutcome> WriteAsync(StoreWrite write) => _writer.WriteAsync(write);

    /// <summary>A collection as it was at a revision.</summary>
    /// <exception cref="RevisionExpiredException">The revision is too old.</exception>
    public ImmutableSortedSet<StoredObject> CollectionAt(string collection, long revision)
    {
        lock (_gate)
            return _log.Rewind(collection, _state.Collection(collection), revision);
    }

    /// <summary>Follows a collection from a revision on, or from the present when it is null.</summary>
    /// <exception cref="RevisionExpiredException">The revision is too old.</exception>
    public WatchSubscription Watch(string collection, long? revision)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            var backlog = revision is { } from ? _log.Since(collection, from) : [];
            var watcher = new WatchSubscription(collection, _watcherCapacity, _state, backlog, Leave);
            _watchers = _watchers.Add(watcher);
            return watcher;
        }
    }

    /// <summary>Writes what is queued, ends all watches and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_closed)
                return;
            _closed = true;
        }

        await Task.Run(_writer.Dispose);
        lock (_gate)
        {
            foreach (var watcher in _watchers)
                watcher.Complete();
            _watchers = [];
        }

        _database?.Dispose();
    }

    void Publish(StoreState state, IReadOnlyList<StoreEvent> changes)
    {
        lock (_gate)
        {
            foreach (var change in changes)
            {
                _log.Append(change);
                foreach (var watcher in _watchers)
                {
                    if (watcher.Collection == change.Collection && !watcher.Offer(change))
                        _watchers = _watchers.Remove(watcher);
                }
            }

            // Last: who reads this revision and finds no change waiting has seen every change up to it.
            _state = state;
        }
    }

    void Leave(WatchSubscription watcher)
    {
        lock (_gate)
            _watchers = _watchers.Remove(watcher);
    }
}
