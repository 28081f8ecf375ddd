using Kube.Agent.Pods;
using Kube.Agent.Runtime;
using Kube.Agent.Runtime.Simulated;
using Kube.Agent.Tests.Runtime;
using Kube.Agent.Usage;
using Kube.Registry;

namespace Kube.Agent.Tests.Usage;

public sealed class UsageMeterTests : IAsyncDisposable
{
    readonly ManualTime _time = new();
    readonly SimulatedRuntime _runtime;
    readonly EngineView _engine;
    readonly UsageMeter _meter;

    public UsageMeterTests()
    {
        _runtime = new SimulatedRuntime(_time);
        _engine = new EngineView(_runtime);
        _meter = new UsageMeter(_runtime, _engine, _time);
    }

    [Fact]
    public async Task Who_asks_first_waits_for_a_second_look_and_who_asks_again_does_not()
    {
        await StartAsync("web", ("kube.simulated/cpu", "250m"), ("kube.simulated/memory", "64Mi"));

        var (container, rate) = Assert.Single(await MeasureTwiceAsync());
        Assert.Equal(("web", 250_000_000L, 64L << 20), (container.Container, rate.NanoCores, rate.Latest.MemoryBytes));

        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.InRange(Assert.Single(await _meter.MeasureAsync(default)).Rate.Window, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(25));
    }

    [Fact]
    public async Task After_a_long_pause_it_looks_twice_again()
    {
        await StartAsync("web", ("kube.simulated/cpu", "2"));
        await MeasureTwiceAsync();
        _time.Advance(TimeSpan.FromMinutes(10));

        Assert.InRange(Assert.Single(await MeasureTwiceAsync()).Rate.Window, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Somebody_who_asks_all_the_time_shortens_nobodys_window()
    {
        await StartAsync("web");
        await MeasureTwiceAsync();
        for (var i = 0; i < 8; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await _meter.MeasureAsync(default);
        }
        Assert.InRange(Assert.Single(await _meter.MeasureAsync(default)).Rate.Window, TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task What_does_not_run_is_left_out_and_the_sandbox_too()
    {
        await StartAsync("web");
        await StartAsync("done", ("kube.simulated/run-for", "1s"));
        _time.Advance(TimeSpan.FromSeconds(5));
        await _engine.RefreshAllAsync(default);

        Assert.Equal(["web"], (await MeasureTwiceAsync()).Select(container => container.Container.Container));
    }

    [Fact]
    public async Task A_node_without_containers_is_measured_at_once() => Assert.Empty(await _meter.MeasureAsync(default));

    /// <summary>Measures; the clock goes on once it waits for its second look, and stands still but for that.</summary>
    async Task<IReadOnlyList<(ContainerIdentity Container, UsageRate Rate)>> MeasureTwiceAsync()
    {
        var measuring = _meter.MeasureAsync(default);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!_time.HasTimers)
            await Task.Delay(1, limit.Token);
        Assert.False(measuring.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(2));
        return await measuring.WaitAsync(limit.Token);
    }

    async Task StartAsync(string name, params (string Name, string Value)[] annotations)
    {
        var pod = new ContainerIdentity("pod-" + name, "default", "uid-" + name, ContainerLabels.SandboxName, 0);
        var sandbox = await _runtime.CreateSandboxAsync(new SandboxConfig { Name = ContainerLabels.NameOf(pod), Labels = ContainerLabels.Write(pod), Hostname = "h" }, default);
        await _runtime.StartAsync(sandbox, default);
        await _runtime.PullAsync(ImageReference.Parse("nginx"), null, new Ignored(), default);
        var identity = pod with { Container = name };
        var id = await _runtime.CreateContainerAsync(new ContainerConfig
        {
            Name = ContainerLabels.NameOf(identity),
            Labels = ContainerLabels.Write(identity),
            SandboxId = sandbox,
            ImageId = (await _runtime.InspectImageAsync("nginx", default))!.Id,
            Annotations = annotations.ToDictionary(annotation => annotation.Name, annotation => annotation.Value),
        }, default);
        await _runtime.StartAsync(id, default);
        await _engine.RefreshAllAsync(default);
    }

    public ValueTask DisposeAsync() => _runtime.DisposeAsync();
}
