using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Kube.Module.Draining;

/// <summary>Takes the pods off one node.</summary>
sealed class NodeDrain(KubeApi api, KubeObject node, DrainOptions options)
{
    static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(500), FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromSeconds(5);

    volatile IReadOnlyList<DepartingPod> _departing = [];

    public KubeApi Api => api;

    public KubeObject Node => node;

    /// <summary>What holds pods for the time being, each told once.</summary>
    public ConcurrentQueue<string> Warnings { get; } = new();

    /// <summary>The pods that were there when it began.</summary>
    public IReadOnlyList<DepartingPod> Departing => _departing;

    /// <summary>What becomes of the pods that are there now.</summary>
    public async Task<DrainPlan> PlanAsync(CancellationToken cancel) => new([.. (await ListAsync(cancel).ConfigureAwait(false)).Select(pod => (pod, PodFate.Of(pod, options)))]);

    /// <summary>Asks all that are to go, and returns once each is gone, or will not go.</summary>
    public async Task RunAsync(DrainPlan plan, CancellationToken cancel)
    {
        using var throttle = new SemaphoreSlim(options.ThrottleLimit);
        _departing = [.. plan.Going.Select(pod => new DepartingPod(pod))];
        if (_departing.Count == 0) return;
        var eviction = await PodEviction.FindAsync(api, options, cancel).ConfigureAwait(false);
        var asking = Task.WhenAll(_departing.Select(pod => AskAsync(pod, eviction, throttle, cancel)));
        while (!_departing.All(pod => pod.IsSettled))
        {
            await Task.WhenAny(asking.IsCompletedSuccessfully ? Task.Delay(LookInterval, cancel) : asking, Task.Delay(LookInterval, cancel)).ConfigureAwait(false);
            cancel.ThrowIfCancellationRequested();
            if (asking.IsFaulted) break;
            await LookAsync(cancel).ConfigureAwait(false);
        }
        await asking.ConfigureAwait(false);
    }

    /// <summary>Asks once for each that is to go, and tells why it may not; null: it may. With <see cref="DrainOptions.DryRun"/> nothing leaves, and a budget answers for each pod by itself.</summary>
    public async IAsyncEnumerable<(KubePod Pod, KubeException? Refusal)> AskOnceAsync(DrainPlan plan, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (!plan.Going.Any()) yield break;
        var eviction = await PodEviction.FindAsync(api, options, cancel).ConfigureAwait(false);
        foreach (var some in plan.Going.Chunk(options.ThrottleLimit))
            foreach (var answer in await Task.WhenAll(some.Select(AnswerAsync)).ConfigureAwait(false)) yield return answer;

        async Task<(KubePod, KubeException?)> AnswerAsync(KubePod pod)
        {
            try
            {
                await eviction.AskAsync(pod, cancel).ConfigureAwait(false);
                return (pod, null);
            }
            catch (KubeException refusal)
            {
                return (pod, refusal);
            }
        }
    }

    async Task AskAsync(DepartingPod pod, PodEviction eviction, SemaphoreSlim throttle, CancellationToken cancel)
    {
        for (var pause = FirstPause; !pod.Gone.IsCompleted; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            await throttle.WaitAsync(cancel).ConfigureAwait(false);
            try
            {
                await eviction.AskAsync(pod.Pod, cancel).ConfigureAwait(false);
                pod.Tell("its containers are still ending");
                return;
            }
            catch (KubeException refusal)
            {
                if (Settle(pod, refusal)) return;
            }
            finally
            {
                throttle.Release();
            }
            await Task.WhenAny(pod.Gone, Task.Delay(pause, cancel)).ConfigureAwait(false);
            cancel.ThrowIfCancellationRequested();
        }
    }

    /// <returns>Whether there is nothing more to ask.</returns>
    bool Settle(DepartingPod pod, KubeException refusal)
    {
        switch (EvictionAnswer.Of(refusal))
        {
            case EvictionAnswer.Gone:
                pod.Leave();
                return true;
            case EvictionAnswer.NotYet(var reason):
                if (pod.Reason != reason) Warnings.Enqueue($"{DrainPlan.NameOf(pod.Pod)} stays for now: {reason} It is asked again.");
                pod.Tell(reason);
                return false;
            default:
                pod.Fail(refusal);
                return true;
        }
    }

    async Task LookAsync(CancellationToken cancel)
    {
        try
        {
            var there = (await ListAsync(cancel).ConfigureAwait(false)).Select(pod => pod.Uid).ToHashSet();
            foreach (var pod in _departing)
                if (!there.Contains(pod.Pod.Uid)) pod.Leave();
        }
        catch (KubeConnectionException lost) when (EvictionAnswer.Of(lost) is EvictionAnswer.NotYet)
        {
            // The API server may be what leaves this node: it is asked again, until the time is up.
        }
    }

    async Task<List<KubePod>> ListAsync(CancellationToken cancel)
    {
        var pods = new List<KubePod>();
        var selection = new ListOptions { FieldSelector = "spec.nodeName=" + node.Name, LabelSelector = options.PodSelector };
        await foreach (var pod in api.ListAsync(KubeResources.Pods, null, selection, cancel).ConfigureAwait(false)) pods.Add((KubePod)pod);
        return pods;
    }
}
