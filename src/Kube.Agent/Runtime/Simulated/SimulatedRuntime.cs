using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Threading.Channels;

namespace Kube.Agent.Runtime.Simulated;

/// <summary>
/// Pods that go through their life without a container, for tests of runbooks: <see cref="SimulatedScript"/> tells which annotations steer them. Everything
/// that Docker would refuse for the order of things (a name twice, a container without a running sandbox, removing what runs) is refused here.
/// A pull succeeds unless the registry's host is in the domain <c>.invalid</c>, which exists nowhere. The state is in memory alone: with
/// the process the containers are gone, and a new agent finds pods whose containers have vanished.
/// </summary>
/// <param name="time">The clock by which containers live; null: the system's.</param>
public sealed partial class SimulatedRuntime(TimeProvider? time = null) : IContainerRuntime
{
    readonly TimeProvider _time = time ?? TimeProvider.System;
    readonly Lock _gate = new();
    readonly Dictionary<string, SimulatedContainer> _containers = [];
    readonly Dictionary<string, ITimer> _timers = [];
    readonly HashSet<Channel<string>> _watchers = [];
    TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int _sandboxes;

    /// <inheritdoc/>
    public string Name => "Simulated";

    /// <inheritdoc/>
    public Task<RuntimeInfo> GetInfoAsync(CancellationToken cancel) => Task.FromResult(new RuntimeInfo(
        "1",
        "Simulated",
        "linux",
        RuntimeInformation.ProcessArchitecture switch { Architecture.X64 => "amd64", var other => other.ToString().ToLowerInvariant() },
        Environment.OSVersion.Version.ToString(),
        Environment.ProcessorCount,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        null));

    /// <inheritdoc/>
    public Task<IReadOnlyList<RuntimeContainer>> ListAsync(CancellationToken cancel)
    {
        lock (_gate)
            return Task.FromResult<IReadOnlyList<RuntimeContainer>>([.. _containers.Values.Select(c => c.At(Now))]);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> WatchAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var channel = Channel.CreateUnbounded<string>();
        lock (_gate)
            _watchers.Add(channel);
        try
        {
            await foreach (var id in channel.Reader.ReadAllAsync(cancel))
                yield return id;
        }
        finally
        {
            lock (_gate)
                _watchers.Remove(channel);
        }
    }

    /// <inheritdoc/>
    public Task<RuntimeContainer?> InspectAsync(string id, CancellationToken cancel)
    {
        lock (_gate)
            return Task.FromResult(_containers.GetValueOrDefault(id)?.At(Now));
    }

    /// <inheritdoc/>
    public Task<ReadOnlyMemory<byte>?> DescribeAsync(string id, CancellationToken cancel)
    {
        lock (_gate)
            return Task.FromResult(_containers.GetValueOrDefault(id)?.Describe(Now));
    }

    /// <inheritdoc/>
    public Task<RuntimeUsage?> GetUsageAsync(string id, CancellationToken cancel)
    {
        lock (_gate)
            return Task.FromResult(_containers.GetValueOrDefault(id)?.UsageAt(Now));
    }

    /// <inheritdoc/>
    public Task<string> CreateSandboxAsync(SandboxConfig config, CancellationToken cancel)
    {
        lock (_gate)
        {
            var identity = Identify(config.Name, config.Labels);
            // 10.244.0.2 and on: unique until 65,000 sandboxes have been.
            var number = ++_sandboxes + 1;
            return Task.FromResult(Add(new SimulatedContainer(NextId(), config.Name, identity, config.Labels, SimulatedScript.Default, Now)
            {
                Address = $"10.244.{number >> 8 & 0xff}.{number & 0xff}",
                ImageId = Digest("kube/sandbox"),
            }));
        }
    }

    /// <inheritdoc/>
    public Task<string> CreateContainerAsync(ContainerConfig config, CancellationToken cancel)
    {
        lock (_gate)
        {
            var identity = Identify(config.Name, config.Labels);
            RequireRunningSandbox(config.SandboxId);
            if (!_images.Values.Any(image => image.Id == config.ImageId))
                throw new RuntimeException($"No such image: {config.ImageId}");
            return Task.FromResult(Add(new SimulatedContainer(NextId(), config.Name, identity with { SandboxId = config.SandboxId }, config.Labels, ReadScript(config.Annotations, identity), Now)
            {
                ImageId = config.ImageId,
                Environment = config.Environment,
                Arguments = [.. config.Command, .. config.Arguments],
            }));
        }
    }

    /// <inheritdoc/>
    public async Task StartAsync(string id, CancellationToken cancel)
    {
        TimeSpan delay;
        lock (_gate)
            delay = Require(id).Script.StartDelay;
        if (delay > TimeSpan.Zero)
            await Task.Delay(delay, _time, cancel);

        lock (_gate)
        {
            var container = Require(id);
            if (container.StateAt(Now) == RuntimeState.Running)
                return;
            if (!container.Identity.IsSandbox)
                RequireRunningSandbox(container.Identity.SandboxId!);
            container.Start(Now);
            Publish(id);
            Schedule(container);
        }
    }

    /// <inheritdoc/>
    public async Task StopAsync(string id, TimeSpan grace, CancellationToken cancel)
    {
        SimulatedContainer? container;
        lock (_gate)
        {
            if (!_containers.TryGetValue(id, out container))
                return;
            container.Stop(Now, grace);
            Schedule(container);
        }
        await UntilStoppedAsync(container, cancel);
    }

    /// <inheritdoc/>
    public Task RemoveAsync(string id, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (!_containers.TryGetValue(id, out var container))
                return Task.CompletedTask;
            if (container.StateAt(Now) == RuntimeState.Running)
                throw new RuntimeException($"You cannot remove a running container {id}. Stop the container before attempting removal.");
            _containers.Remove(id);
            Schedule(container);
            Publish(id);
        }
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task ReadLogAsync(string id, LogRequest request, Func<LogFrame, ValueTask> write, CancellationToken cancel)
    {
        SimulatedContainer container;
        int written;
        lock (_gate)
        {
            container = Require(id);
            written = container.LogCountAt(Now);
        }
        await WriteAsync(container, Math.Max(0, written - (request.TailLines ?? int.MaxValue)), written, request.Since, write, cancel);
        if (!request.Follow)
            return;

        await UntilStoppedAsync(container, cancel);
        int all;
        lock (_gate)
            all = container.LogCountAt(Now);
        await WriteAsync(container, written, all, null, write, cancel);
    }

    static async Task WriteAsync(SimulatedContainer container, int from, int to, DateTimeOffset? since, Func<LogFrame, ValueTask> write, CancellationToken cancel)
    {
        for (var number = from; number < to; number++)
        {
            cancel.ThrowIfCancellationRequested();
            var line = container.LogLine(number);
            if (since is null || line.Time >= since)
                await write(line with { HasMore = number + 1 < to });
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            foreach (var timer in _timers.Values)
                timer.Dispose();
            _timers.Clear();
            foreach (var watcher in _watchers)
                watcher.Writer.TryComplete();
        }
        return ValueTask.CompletedTask;
    }

    DateTimeOffset Now => _time.GetUtcNow();

    async Task UntilStoppedAsync(SimulatedContainer container, CancellationToken cancel)
    {
        while (true)
        {
            Task change;
            lock (_gate)
            {
                if (container.StateAt(Now) != RuntimeState.Running)
                    return;
                change = _changed.Task;
            }
            await change.WaitAsync(cancel);
        }
    }

    string Add(SimulatedContainer container)
    {
        if (_containers.Values.FirstOrDefault(c => c.Name == container.Name) is { } other)
            throw new RuntimeException($"Conflict. The container name \"/{container.Name}\" is already in use by container \"{other.Id}\".");
        _containers.Add(container.Id, container);
        return container.Id;
    }

    /// <summary>Has its end announced when it comes.</summary>
    void Schedule(SimulatedContainer container)
    {
        if (_timers.Remove(container.Id, out var timer))
            timer.Dispose();
        if (!_containers.ContainsKey(container.Id) || container.EndsAt is not { } end)
            return;
        if (end <= Now)
            Publish(container.Id);
        else
            _timers[container.Id] = _time.CreateTimer(_ => OnTimer(container), null, end - Now, Timeout.InfiniteTimeSpan);
    }

    void OnTimer(SimulatedContainer container)
    {
        // A timer may fire a moment before its time by the clock; then it is set once more.
        lock (_gate)
            Schedule(container);
    }

    void Publish(string id)
    {
        foreach (var watcher in _watchers)
            watcher.Writer.TryWrite(id);
        _changed.TrySetResult();
        _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    SimulatedContainer Require(string id) =>
        _containers.GetValueOrDefault(id) ?? throw new RuntimeException($"No such container: {id}");

    void RequireRunningSandbox(string id)
    {
        if (Require(id).StateAt(Now) != RuntimeState.Running)
            throw new RuntimeException($"cannot join network of a non running container: {id}");
    }

    static ContainerIdentity Identify(string name, IReadOnlyDictionary<string, string> labels) =>
        ContainerLabels.Read(labels) ?? throw new RuntimeException($"The container {name} does not have the labels of a pod's container.");

    static SimulatedScript ReadScript(IReadOnlyDictionary<string, string> annotations, ContainerIdentity identity)
    {
        try
        {
            return SimulatedScript.Read(annotations, identity.Container, identity.Attempt);
        }
        catch (FormatException e)
        {
            throw new RuntimeException(e.Message, e);
        }
    }

    // Like Docker's, never used twice, not by another process either.
    static string NextId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
}
