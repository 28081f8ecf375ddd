using System.Threading.Channels;
using Kube.Agent.Probes;
using Kube.Agent.Runtime;
using Kube.Agent.Status;
using Microsoft.Extensions.Logging;

namespace Kube.Agent.Pods;

/// <summary>
/// Looks after one pod until nothing is left of it: observe, plan, patch the status, act, and wait for a change or for the plan's time. What it
/// keeps in memory is only what would come out again: another agent would go on from the containers alone.
/// </summary>
sealed partial class PodWorker
{
    static readonly TimeSpan RetryLater = TimeSpan.FromSeconds(5);
    static readonly TimeSpan EngineGone = TimeSpan.FromSeconds(1);

    // A timer takes 49 days at most, a pod's deadline more; to look too early does no harm.
    static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    readonly PodServices _services;
    readonly ILogger _log;
    readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    readonly Lock _gate = new();
    readonly TerminationMessages _messages;
    readonly PodProbes _probes;

    Pod? _pod;
    bool _removed;

    /// <summary>Makes a worker.</summary>
    /// <param name="uid">The pod's uid.</param>
    /// <param name="pod">The pod; null for one of which only containers are left.</param>
    /// <param name="services">What it works with.</param>
    /// <param name="log">Its log.</param>
    public PodWorker(string uid, Pod? pod, PodServices services, ILogger log)
    {
        (Uid, _pod, _services, _log, _removed) = (uid, pod, services, log, pod is null);
        _messages = new TerminationMessages(services.Runtime, services.PodsFolder);
        _probes = new PodProbes(services, Wake, log);
    }

    public string Uid { get; }

    /// <summary>The pod as it was known last.</summary>
    public Pod? Pod
    {
        get
        {
            lock (_gate)
                return _pod;
        }
    }

    /// <summary>Whether the API has the pod no more.</summary>
    public bool IsRemoved
    {
        get
        {
            lock (_gate)
                return _removed;
        }
    }

    /// <summary>The newest status, whether the API has it yet or not.</summary>
    public PodStatus? Status { get; private set; }

    /// <summary>Completes when the worker has ended.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Begins, once.</summary>
    /// <param name="done">Called when nothing is left of the pod.</param>
    /// <param name="cancel">Ends the worker and leaves the pod as it is.</param>
    public void Start(Action done, CancellationToken cancel) => Completion = Task.Run(async () =>
    {
        try
        {
            await RunAsync(cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return;
        }
        done();
    }, CancellationToken.None);

    public void Wake() => _wakes.Writer.TryWrite(true);

    /// <summary>The pod has changed in the API.</summary>
    public void Update(Pod changed)
    {
        lock (_gate)
        {
            if (IsOlder(changed, _pod))
                return;
            _pod = changed;
        }
        Wake();
    }

    /// <summary>The API has the pod no more.</summary>
    public void Remove()
    {
        lock (_gate)
            _removed = true;
        Wake();
    }

    /// <summary>Works until nothing is left of the pod, or until cancelled.</summary>
    async Task RunAsync(CancellationToken cancel)
    {
        while (true)
        {
            TimeSpan? wait;
            try
            {
                await _services.Engine.Available.WaitAsync(cancel);
                (var done, wait) = await StepAsync(cancel);
                if (done)
                    return;
            }
            catch (RuntimeUnavailableException)
            {
                // Who watches the engine says so, once for all pods.
                wait = EngineGone;
            }
            catch (KubeException e)
            {
                _log.LogWarning("Pod {Pod}: the API server: {Error}", Pod?.FullName ?? Uid, e.Message);
                wait = RetryLater;
            }
            catch (RuntimeException e)
            {
                _log.LogWarning("Pod {Pod}: the engine: {Error}", Pod?.FullName ?? Uid, e.Message);
                wait = RetryLater;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                _log.LogError(e, "Pod {Pod}", Pod?.FullName ?? Uid);
                wait = RetryLater;
            }
            await WaitAsync(wait, cancel);
        }
    }

    /// <summary>One round. Says whether all is done, and how long to wait at most: null, until something wakes; zero, not at all.</summary>
    async Task<(bool Done, TimeSpan? Wait)> StepAsync(CancellationToken cancel)
    {
        Pod? current;
        bool over;
        lock (_gate)
            (current, over) = (_pod, _removed);

        var observation = await ObserveAsync(over ? null : current, cancel);
        if (over)
            return await RunRemovalAsync(PodPlanner.PlanRemoval(observation, GraceOf(current), _services.Now), cancel);

        var plan = PodPlanner.Plan(current!, observation, _services.Now);
        Status = plan.Status;
        var saved = await PatchAsync(current!, plan.Status, cancel);
        var changed = false;
        foreach (var action in plan.Actions)
            changed |= await RunAsync(current!, action, cancel);
        if (changed)
            return (false, TimeSpan.Zero);
        var wait = plan.WakeAt - _services.Now;
        return (false, saved || wait < RetryLater ? wait : RetryLater);
    }

    async Task<(bool Done, TimeSpan? Wait)> RunRemovalAsync(PodPlan plan, CancellationToken cancel)
    {
        foreach (var action in plan.Actions)
            await RunAsync(Pod, action, cancel);
        return (plan.Actions.Any(action => action is PodAction.RemoveVolumes), null);
    }

    /// <summary>The grace period of a pod that is gone from the API already: its own if it was deleted with one.</summary>
    static TimeSpan? GraceOf(Pod? pod) =>
        pod?.Metadata.DeletionGracePeriodSeconds is { } seconds ? GracePeriod.Of(Math.Max(2, seconds)) : null;

    /// <summary>Brings the API up to date. Returns false when it could not be: containers must go on without it.</summary>
    async Task<bool> PatchAsync(Pod current, PodStatus status, CancellationToken cancel)
    {
        if (StatusPatch.Between(current.Uid, null, current.Status, status, AgentJson.Default.PodStatus) is not { } patch)
            return true;
        try
        {
            var answer = await _services.Api.PatchAsync(KubeResources.Pods, current.Namespace, current.Name, PatchType.Merge, patch, new WriteOptions { Subresource = "status" }, cancel);
            Update(Pod.Parse(answer.Json.Span));
        }
        catch (KubeOperationException e) when (e.Status.Code is 404 or 409)
        {
            // The pod is gone or is another by now: the watch will tell.
        }
        catch (KubeException e)
        {
            _log.LogWarning("Pod {Pod}: its status was not written: {Error}", current.FullName, e.Message);
            return false;
        }
        return true;
    }

    async Task WaitAsync(TimeSpan? wait, CancellationToken cancel)
    {
        if (wait <= TimeSpan.Zero)
            return;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var woken = _wakes.Reader.ReadAsync(limit.Token).AsTask();
        var delay = Task.Delay(wait < LongestWait ? wait.Value : LongestWait, _services.Options.Time, limit.Token);
        await Task.WhenAny(woken, delay);
        await limit.CancelAsync();
        await Task.WhenAny(woken);
        cancel.ThrowIfCancellationRequested();
    }

    static bool IsOlder(Pod changed, Pod? than) =>
        ulong.TryParse(changed.Metadata.ResourceVersion, out var a) && ulong.TryParse(than?.Metadata.ResourceVersion, out var b) && a < b;
}
