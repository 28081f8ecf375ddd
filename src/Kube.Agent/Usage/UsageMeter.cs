using System.Collections.Concurrent;
using Kube.Agent.Pods;
using Kube.Agent.Runtime;

namespace Kube.Agent.Usage;

/// <summary>
/// Measures what the node's containers use, when somebody asks. One look is kept of each container for the next time; who asks first, or after a long pause, waits for a
/// second look. So a node that nobody asks costs its engine nothing.
/// </summary>
sealed class UsageMeter(IContainerRuntime runtime, EngineView engine, TimeProvider time)
{
    const int LooksAtOnce = 8;

    // Younger ones stay, so that somebody who asks every second does not shorten everybody's window to one.
    static readonly TimeSpan KeepFor = TimeSpan.FromSeconds(15);

    // By the engine's clock the looks must be apart enough; it may be a little off.
    static readonly TimeSpan SecondLook = UsageRate.ShortestWindow + TimeSpan.FromMilliseconds(100);

    readonly ConcurrentDictionary<string, RuntimeUsage> _kept = [];

    /// <summary>The use of each running container; one that ends meanwhile is left out.</summary>
    public async Task<IReadOnlyList<(ContainerIdentity Container, UsageRate Rate)>> MeasureAsync(CancellationToken cancel)
    {
        var running = engine.Running.Where(container => !container.Identity.IsSandbox).ToArray();
        foreach (var id in _kept.Keys.Except(running.Select(container => container.Id))) _kept.TryRemove(id, out _);
        var rates = new ConcurrentDictionary<string, UsageRate>();
        await LookAsync(running, rates, cancel);
        var unknown = running.Where(container => !rates.ContainsKey(container.Id)).ToArray();
        if (unknown.Length > 0)
        {
            await Task.Delay(SecondLook, time, cancel);
            await LookAsync(unknown, rates, cancel);
        }
        return [.. running.Where(container => rates.ContainsKey(container.Id)).Select(container => (container.Identity, rates[container.Id]))];
    }

    Task LookAsync(IReadOnlyList<ObservedContainer> containers, ConcurrentDictionary<string, UsageRate> rates, CancellationToken cancel) =>
        Parallel.ForEachAsync(containers, new ParallelOptions { MaxDegreeOfParallelism = LooksAtOnce, CancellationToken = cancel }, async (container, looking) =>
        {
            if (await runtime.GetUsageAsync(container.Id, looking) is not { } now) return;
            var before = _kept.GetValueOrDefault(container.Id);
            var rate = before is null ? null : UsageRate.Between(before, now);
            if (rate is not null) rates[container.Id] = rate;
            // Two who ask at once may keep either look.
            if (before is null || now.At - before.At > KeepFor || now.CpuNanoseconds < before.CpuNanoseconds) _kept[container.Id] = now;
        });
}
