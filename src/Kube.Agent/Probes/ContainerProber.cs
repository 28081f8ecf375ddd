using Kube.Agent.Pods;
using Microsoft.Extensions.Logging;

namespace Kube.Agent.Probes;

/// <summary>Tries the probes of one attempt of a container at their times, each beside the others.</summary>
sealed class ContainerProber
{
    // A timer takes 49 days at most, a probe's delay more; to look too early does no harm.
    static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    readonly Lock _gate = new();
    readonly PodServices _services;
    readonly ContainerSpec _container;
    readonly string _id;
    readonly Action _changed;
    readonly ILogger _log;
    readonly CancellationTokenSource _stop;

    Pod _pod;
    string? _address;
    ContainerProbes _probes;
    TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Begins.</summary>
    /// <param name="services">What it works with.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="container">The container.</param>
    /// <param name="id">Its id in the engine.</param>
    /// <param name="probes">Its probes.</param>
    /// <param name="changed">Called when they say something else.</param>
    /// <param name="log">Where faults of the program go.</param>
    /// <param name="cancel">Ends it.</param>
    public ContainerProber(PodServices services, Pod pod, ContainerSpec container, string id, ContainerProbes probes, Action changed, ILogger log, CancellationToken cancel)
    {
        (_services, _pod, _container, _id, _probes, _changed, _log) = (services, pod, container, id, probes, changed, log);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var stopped = _stop.Token;
        foreach (var type in Enum.GetValues<ProbeType>())
            _ = Task.Run(() => RunAsync(type, stopped), CancellationToken.None);
    }

    /// <summary>What is new of the pod. Returns what the probes say.</summary>
    public ProbeResults Update(Pod current, string? podIP, bool reachesPods)
    {
        lock (_gate)
        {
            (_pod, _address) = (current, podIP);
            if (_probes.Terminating != current.IsTerminating || _probes.ReachesPods != reachesPods)
                Set(_probes with { Terminating = current.IsTerminating, ReachesPods = reachesPods });
            return _probes.Results;
        }
    }

    public void Stop()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    async Task RunAsync(ProbeType type, CancellationToken cancel)
    {
        try
        {
            while (!cancel.IsCancellationRequested)
                await StepAsync(type, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The container is no longer what it was.
        }
        catch (Exception e)
        {
            _log.LogError(e, "Pod {Pod}: the {Type} probe of {Container} has ended", _pod.FullName, type, _container.Name);
        }
    }

    async Task StepAsync(ProbeType type, CancellationToken cancel)
    {
        ProbeState? state;
        Task move;
        string? target;
        lock (_gate)
            (state, move, target) = (_probes.ToTry(type), _moved.Task, _address);
        if (state is null)
        {
            await move.WaitAsync(cancel);
            return;
        }
        if (state.DueAt - _services.Now is var wait && wait > TimeSpan.Zero)
        {
            // A timer may fire a moment before its time by the clock; then it waits once more.
            await Task.WhenAny(move, Task.Delay(wait < LongestWait ? wait : LongestWait, _services.Options.Time, cancel));
            cancel.ThrowIfCancellationRequested();
            return;
        }

        var begunAt = _services.Now;
        var outcome = await _services.Prober.TryAsync(state.Spec, _container, _id, target, cancel);
        cancel.ThrowIfCancellationRequested();
        bool news;
        Pod current;
        lock (_gate)
        {
            current = _pod;
            var before = _probes.Results;
            Set(_probes.After(type, outcome, begunAt));
            news = _probes.Results != before;
        }
        if (outcome.EventFor(type) is var (reason, message))
            _services.Events.Record(current, _container.Name, PodAction.RecordEvent.Warning, reason, message);
        if (news)
            _changed();
    }

    /// <summary>Those who wait look again.</summary>
    void Set(ContainerProbes next)
    {
        _probes = next;
        _moved.TrySetResult();
        _moved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
