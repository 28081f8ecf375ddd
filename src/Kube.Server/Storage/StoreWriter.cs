using System.Collections.Concurrent;

namespace Kube.Server.Storage;

/// <summary>
/// The one thread that changes the store. It takes what has gathered while the last group was being written, applies it to the
/// state in order, writes the group to disk, and only then publishes it and answers.
/// </summary>
sealed class StoreWriter : IDisposable
{
    const int LargestGroup = 512;
    const int LongestQueue = 16_384;

    readonly BlockingCollection<Pending> _queue = new(LongestQueue);
    readonly SqliteDatabase? _database;
    readonly Action<StoreState, IReadOnlyList<StoreEvent>> _publish;
    readonly Thread _thread;
    StoreState _state;

    public StoreWriter(SqliteDatabase? database, StoreState state, Action<StoreState, IReadOnlyList<StoreEvent>> publish)
    {
        (_database, _state, _publish) = (database, state, publish);
        _thread = new Thread(Run) { Name = "store-writer", IsBackground = true };
        _thread.Start();
    }

    public Task<WriteOutcome> WriteAsync(StoreWrite write)
    {
        var pending = new Pending(write, new TaskCompletionSource<WriteOutcome>(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            _queue.Add(pending);
        }
        catch (InvalidOperationException)
        {
            return Task.FromException<WriteOutcome>(new StorageException(StorageFault.Closed, "the store is closed"));
        }

        return pending.Answer.Task;
    }

    /// <summary>Finishes what is queued and stops.</summary>
    public void Dispose()
    {
        _queue.CompleteAdding();
        _thread.Join();
        _queue.Dispose();
    }

    void Run()
    {
        var group = new List<Pending>(LargestGroup);
        foreach (var first in _queue.GetConsumingEnumerable())
        {
            group.Add(first);
            while (group.Count < LargestGroup && _queue.TryTake(out var next))
                group.Add(next);
            Write(group);
            group.Clear();
        }
    }

    void Write(List<Pending> group)
    {
        var state = _state;
        var changes = new List<StoreEvent>(group.Count);
        var outcomes = new WriteOutcome[group.Count];
        try
        {
            for (var i = 0; i < group.Count; i++)
                (outcomes[i], state) = Apply(group[i].Write, state, changes);
            if (changes.Count > 0)
            {
                _database?.Commit(changes);
                _state = state;
                _publish(state, changes);
            }
        }
        catch (Exception e)
        {
            // The group shares one transaction: none of it was kept, and each of its requests is told so.
            foreach (var pending in group)
                pending.Answer.SetException(e);
            return;
        }

        for (var i = 0; i < group.Count; i++)
            group[i].Answer.SetResult(outcomes[i]);
    }

    static (WriteOutcome Outcome, StoreState State) Apply(StoreWrite write, StoreState state, List<StoreEvent> changes)
    {
        var current = state.Find(write.Collection, write.Key);
        switch (write)
        {
            case StoreWrite.Create when current is not null:
                return (new WriteOutcome.Exists(current), state);
            case StoreWrite.Create { Container: { } container } when state.Find(container.Collection, container.Key) is null:
                return (new WriteOutcome.NoContainer(), state);
            case StoreWrite.Update update when update.Expected != current?.Revision:
            case StoreWrite.Delete delete when delete.Expected != current?.Revision:
                return (new WriteOutcome.Changed(current), state);
        }

        var revision = state.Revision + 1;
        var written = new StoredObject(write.Key, revision, write.Draft.Stamp(revision));
        var objects = state.Collection(write.Collection);
        if (current is not null)
            objects = objects.Remove(current);
        if (write is not StoreWrite.Delete)
            objects = objects.Add(written);
        changes.Add(new StoreEvent(write.Collection, revision, current, written, write is StoreWrite.Delete));
        return (new WriteOutcome.Done(written), new StoreState(revision, state.Collections.SetItem(write.Collection, objects)));
    }

    sealed record Pending(StoreWrite Write, TaskCompletionSource<WriteOutcome> Answer);
}
