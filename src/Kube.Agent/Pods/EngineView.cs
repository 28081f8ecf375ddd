using Kube.Agent.Runtime;

namespace Kube.Agent.Pods;

/// <summary>
/// What is known of the engine's containers, by pod: filled by whole lists, and by looks at single containers as events and the agent's own actions
/// ask for them. Looks may overlap: an older one never overwrites a newer. Thread-safe.
/// </summary>
sealed class EngineView(IContainerRuntime runtime)
{
    readonly Lock _gate = new();
    readonly Dictionary<string, Entry> _entries = [];
    long _looks;
    TaskCompletionSource _available = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the engine answers and all containers are known.</summary>
    public Task Available
    {
        get
        {
            lock (_gate)
                return _available.Task;
        }
    }

    public bool IsAvailable => Available.IsCompleted;

    /// <summary>Called with a pod's uid whenever one of its containers has changed.</summary>
    public Action<string>? Changed { get; set; }

    /// <summary>All containers and sandboxes of a pod.</summary>
    public IReadOnlyList<ObservedContainer> Of(string uid)
    {
        lock (_gate)
            return [.. _entries.Values.Select(entry => entry.Container).OfType<ObservedContainer>().Where(container => container.Identity.Uid == uid)];
    }

    /// <summary>The uids of all pods that have containers.</summary>
    public IReadOnlyCollection<string> Uids
    {
        get
        {
            lock (_gate)
                return _entries.Values.Select(entry => entry.Container?.Identity.Uid).OfType<string>().ToHashSet();
        }
    }

    /// <summary>All containers and sandboxes that run.</summary>
    public IReadOnlyList<ObservedContainer> Running
    {
        get
        {
            lock (_gate)
                return [.. _entries.Values.Select(entry => entry.Container).OfType<ObservedContainer>().Where(container => container.IsRunning)];
        }
    }

    /// <summary>Lists all containers; from then on the view is available.</summary>
    public async Task RefreshAllAsync(CancellationToken cancel)
    {
        var look = Interlocked.Increment(ref _looks);
        var listed = (await runtime.ListAsync(cancel)).ToDictionary(container => container.Id);
        var changed = new HashSet<string>();
        lock (_gate)
        {
            foreach (var (id, entry) in _entries.Where(entry => !listed.ContainsKey(entry.Key)).ToArray())
                Put(id, null, look, changed);
            foreach (var (id, container) in listed)
                Put(id, ObservedContainer.From(container), look, changed);
            foreach (var (id, _) in _entries.Where(entry => entry.Value.Container is null && entry.Value.Look <= look).ToArray())
                _entries.Remove(id);
            _available.TrySetResult();
        }
        Tell(changed);
    }

    /// <summary>Looks at one container.</summary>
    public async Task RefreshAsync(string id, CancellationToken cancel)
    {
        var look = Interlocked.Increment(ref _looks);
        var container = await runtime.InspectAsync(id, cancel);
        var changed = new HashSet<string>();
        lock (_gate)
            Put(id, container is null ? null : ObservedContainer.From(container), look, changed);
        Tell(changed);
    }

    /// <summary>The engine does not answer: what is known is kept, and nothing is to be decided by it.</summary>
    public void SetUnavailable()
    {
        lock (_gate)
        {
            if (_available.Task.IsCompleted)
                _available = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    void Put(string id, ObservedContainer? container, long look, HashSet<string> changed)
    {
        var known = _entries.TryGetValue(id, out var entry);
        if (known && entry!.Look > look)
            return;
        _entries[id] = new Entry(container, look);
        if ((container ?? entry?.Container) is { } either && !(container is not null && known && Same(container.Container, entry!.Container?.Container)))
            changed.Add(either.Identity.Uid);
    }

    static bool Same(RuntimeContainer now, RuntimeContainer? before) =>
        before is not null && (now.State, now.StartedAt, now.FinishedAt, now.ExitCode, now.Address) == (before.State, before.StartedAt, before.FinishedAt, before.ExitCode, before.Address);

    void Tell(HashSet<string> changed)
    {
        foreach (var uid in changed)
            Changed?.Invoke(uid);
    }

    /// <summary>One container; null once it is gone, until a list is younger than that news.</summary>
    sealed record Entry(ObservedContainer? Container, long Look);
}
