namespace Kube.Server.Controllers.Replication;

/// <summary>
/// Pods that a controller has created or deleted and whose change it has not been told of yet. Without this it would
/// create them a second time, as its copy of the pods lags behind. Thread-safe.
/// </summary>
sealed class Expectations
{
    // A change that has not come by then never will.
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    readonly Lock _gate = new();
    readonly Dictionary<string, (string Controller, DateTimeOffset At)> _created = [];
    readonly Dictionary<string, DateTimeOffset> _deleted = [];
    readonly HashSet<string> _gone = [];
    int _creating;

    /// <summary>A creation is asked for. <see cref="Created"/> or <see cref="NotCreated"/> follows.</summary>
    public void Creating()
    {
        lock (_gate) _creating++;
    }

    /// <summary>A pod was created for a controller.</summary>
    /// <param name="controller">The controller's uid.</param>
    /// <param name="uid">The pod's uid.</param>
    /// <param name="isKnown">Whether the copy has it already: its arrival, and its end too, may come before the answer to the creation.</param>
    /// <param name="now">The time.</param>
    public void Created(string controller, string uid, Func<bool> isKnown, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (!isKnown() && !_gone.Contains(uid)) _created[uid] = (controller, now);
            Answered();
        }
    }

    public void NotCreated()
    {
        lock (_gate) Answered();
    }

    /// <summary>A pod's deletion is asked for. It counts as leaving from now on, as what was read of it before may still be looked at.</summary>
    public void Deleted(string uid, DateTimeOffset now)
    {
        lock (_gate)
        {
            foreach (var (old, at) in _deleted)
                if (now - at > Patience) _deleted.Remove(old);
            _deleted[uid] = now;
        }
    }

    public void NotDeleted(string uid)
    {
        lock (_gate) _deleted.Remove(uid);
    }

    /// <summary>The copy has been told of a pod: that it is there, or that it goes or is gone.</summary>
    public void Seen(string uid, bool leaves)
    {
        lock (_gate)
        {
            _created.Remove(uid);
            if (leaves && _creating > 0) _gone.Add(uid);
        }
    }

    public int Expected(string controller, DateTimeOffset now)
    {
        lock (_gate)
        {
            foreach (var (uid, created) in _created)
                if (now - created.At > Patience) _created.Remove(uid);
            return _created.Values.Count(c => c.Controller == controller);
        }
    }

    public bool IsLeaving(string uid, DateTimeOffset now)
    {
        lock (_gate) return _deleted.TryGetValue(uid, out var at) && now - at <= Patience;
    }

    void Answered()
    {
        if (--_creating == 0) _gone.Clear();
    }
}
