using Kube.Agent.Pods;
using Microsoft.Extensions.Logging;

namespace Kube.Agent.Probes;

/// <summary>Tries the probes of one attempt of a container at their times, each beside the others.</summary>
sealed class ContainerProber
{
    // A timer takes 49 days at most, a probe's delay more; to look too early does no harm.
    static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    readonly Lock gate = new();
    readonly PodServices services;
    readonly ContainerSpec container;
    readonly string id;
    readonly Action changed;
    readonly ILogger log;
    readonly CancellationTokenSource stop;

    Pod pod;
    string? address;
    ContainerProbes probes;
    TaskCompletionSource moved = new(TaskCreationOptions.RunContinuationsAsynchronously);

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
        (this.services, this.pod, this.container, this.id, this.probes, this.changed, this.log) = (services, pod, container, id, probes, changed, log);
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var stopped = stop.Token;
        foreach (var type in Enum.GetValues<ProbeType>())
            _ = Task.Run(() => RunAsync(type, stopped), CancellationToken.None);
    }

    /// <summary>What is new of the pod. Returns what the probes say.</summary>
    public ProbeResults Update(Pod current, string? podIP, bool reachesPods)
    {
        lock (gate)
        {
            (pod, address) = (current, podIP);
            if (probes.Terminating != current.IsTerminating || probes.ReachesPods != reachesPods)
                Set(probes with { Terminating = current.IsTerminating, ReachesPods = reachesPods });
            return probes.Results;
        }
    }

    public void Stop()
    {
        stop.Cancel();
        stop.Dispose();
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
            log.LogError(e, "Pod {Pod}: the {Type} probe of {Container} has ended", pod.FullName, type, container.Name);
        }
    }

    async Task StepAsync(ProbeType type, CancellationToken cancel)
    {
        ProbeState? state;
        Task move;
        string? target;
        lock (gate)
            (state, move, target) = (probes.ToTry(type), moved.Task, address);
        if (state is null)
        {
            await move.WaitAsync(cancel);
            return;
        }
        if (state.DueAt - services.Now is var wait && wait > TimeSpan.Zero)
        {
            // A timer may fire a moment before its time by the clock; then it waits once more.
            await Task.WhenAny(move, Task.Delay(wait < LongestWait ? wait : LongestWait, services.Options.Time, cancel));
            cancel.ThrowIfCancellationRequested();
            return;
        }

        var begunAt = services.Now;
        var outcome = await services.Prober.TryAsync(state.Spec, container, id, target, cancel);
        cancel.ThrowIfCancellationRequested();
        bool news;
        Pod current;
        lock (gate)
        {
            current = pod;
            var before = probes.Results;
            Set(probes.After(type, outcome, begunAt));
            news = probes.Results != before;
        }
        if (outcome.EventFor(type) is var (reason, message))
            services.Events.Record(current, container.Name, PodAction.RecordEvent.Warning, reason, message);
        if (news)
            changed();
    }

    /// <summary>Those who wait look again.</summary>
    void Set(ContainerProbes next)
    {
        probes = next;
        moved.TrySetResult();
        moved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
