using System.Text;
using System.Text.Json;
using Kube.Agent.Runtime;
using Kube.Agent.Runtime.Simulated;
using Kube.Registry;

namespace Kube.Agent.Tests.Runtime.Simulated;

public sealed class SimulatedRuntimeTests : IAsyncDisposable
{
    static readonly CancellationToken None = CancellationToken.None;
    static readonly ImageReference Image = ImageReference.Parse("nginx");

    readonly ManualTime _time = new();
    readonly SimulatedRuntime _runtime;

    public SimulatedRuntimeTests() => _runtime = new SimulatedRuntime(_time);

    public ValueTask DisposeAsync() => _runtime.DisposeAsync();

    static ContainerIdentity Pod(string name = "pod") => new(name, "default", "uid-" + name, ContainerLabels.SandboxName, 0);

    async Task<string> StartSandboxAsync(ContainerIdentity? pod = null)
    {
        var identity = pod ?? Pod();
        var id = await _runtime.CreateSandboxAsync(new SandboxConfig { Name = ContainerLabels.NameOf(identity), Labels = ContainerLabels.Write(identity), Hostname = "h" }, None);
        await _runtime.StartAsync(id, None);
        return id;
    }

    async Task<string> CreateAsync(string sandbox, string annotations = "", int attempt = 0)
    {
        await _runtime.PullAsync(Image, null, new Ignored(), None);
        var identity = Pod() with { Container = "web", Attempt = attempt };
        return await _runtime.CreateContainerAsync(new ContainerConfig
        {
            Name = ContainerLabels.NameOf(identity),
            Labels = ContainerLabels.Write(identity),
            SandboxId = sandbox,
            ImageId = (await _runtime.InspectImageAsync("nginx", None))!.Id,
            Environment = [("A", "b")],
            Command = ["run"],
            Annotations = annotations.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(a => a.Split('=', 2)).ToDictionary(a => "kube.simulated/" + a[0], a => a[1]),
        }, None);
    }

    async Task<string> StartAsync(string annotations = "", int attempt = 0)
    {
        var id = await CreateAsync(await StartSandboxAsync(), annotations, attempt);
        await _runtime.StartAsync(id, None);
        return id;
    }

    async Task<RuntimeContainer> InspectAsync(string id) => (await _runtime.InspectAsync(id, None))!;

    async Task<string> LogAsync(string id, LogRequest? request = null)
    {
        var text = new StringBuilder();
        await _runtime.ReadLogAsync(id, request ?? new LogRequest(false, null, null), frame =>
        {
            text.Append(frame.IsError ? "E:" : "O:").Append(Encoding.UTF8.GetString(frame.Bytes.Span));
            return ValueTask.CompletedTask;
        }, None);
        return text.ToString();
    }

    [Fact]
    public async Task It_tells_what_it_is()
    {
        var info = await _runtime.GetInfoAsync(None);
        Assert.Equal(("Simulated", "linux", null), (_runtime.Name, info.Platform, info.GatewayAddress));
        Assert.True(info.Processors > 0 && info.MemoryBytes > 0);
    }

    [Fact]
    public async Task A_container_runs_for_ever_by_default()
    {
        var start = _time.GetUtcNow();
        var id = await StartAsync();
        _time.Advance(TimeSpan.FromDays(365));
        var container = await InspectAsync(id);
        Assert.Equal((RuntimeState.Running, start, null), (container.State, container.StartedAt, container.FinishedAt));
        Assert.Equal("web", ContainerLabels.Read(container.Labels)!.Container);
    }

    [Fact]
    public async Task It_ends_when_told_with_the_code_told()
    {
        var id = await StartAsync("run-for=10s;exit-code=3");
        var end = _time.GetUtcNow().AddSeconds(10);
        _time.Advance(TimeSpan.FromSeconds(9.999));
        Assert.Equal(RuntimeState.Running, (await InspectAsync(id)).State);
        _time.Advance(TimeSpan.FromHours(1));
        var container = await InspectAsync(id);
        Assert.Equal((RuntimeState.Exited, 3, end), (container.State, container.ExitCode, container.FinishedAt));
        Assert.Equal("O:web of default/pod started, attempt 0\nE:web ended with exit code 3\n", await LogAsync(id));
        Assert.Equal("E:web ended with exit code 3\n", await LogAsync(id, new LogRequest(false, 1, null)));
        Assert.Equal("E:web ended with exit code 3\n", await LogAsync(id, new LogRequest(false, null, end)));
        Assert.Equal("", await LogAsync(id, new LogRequest(false, null, end.AddTicks(1))));
    }

    [Fact]
    public async Task Each_attempt_can_be_another() => Assert.Equal(0, (await RunToEndAsync(await StartAsync("run-for=1s;exit-code=1,0", attempt: 1))).ExitCode);

    async Task<RuntimeContainer> RunToEndAsync(string id)
    {
        _time.Advance(TimeSpan.FromHours(1));
        return await InspectAsync(id);
    }

    [Fact]
    public async Task A_start_takes_its_time()
    {
        var id = await CreateAsync(await StartSandboxAsync(), "start-delay=5s");
        var starting = _runtime.StartAsync(id, None);
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(RuntimeState.Created, (await InspectAsync(id)).State);
        Assert.False(starting.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        await starting.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(RuntimeState.Running, (await InspectAsync(id)).State);
    }

    [Theory]
    [InlineData("", 30, 0, 143)]
    [InlineData("", 0, 0, 137)]
    [InlineData("stop-delay=3s", 30, 3, 143)]
    [InlineData("stop-delay=3s", 3, 3, 143)]
    [InlineData("stop-delay=30s", 5, 5, 137)]
    [InlineData("stop-delay=30s", 0, 0, 137)]
    [InlineData("stop-delay=30s;run-for=2s;exit-code=9", 5, 2, 9)]
    public async Task Stopping_takes_the_time_it_takes(string annotations, int grace, int seconds, int exitCode)
    {
        var id = await StartAsync(annotations);
        var start = _time.GetUtcNow();
        var stopping = _runtime.StopAsync(id, TimeSpan.FromSeconds(grace), None);
        if (seconds > 0)
        {
            _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
            Assert.Equal(RuntimeState.Running, (await InspectAsync(id)).State);
            Assert.False(stopping.IsCompleted);
            _time.Advance(TimeSpan.FromTicks(1));
        }
        await stopping.WaitAsync(TimeSpan.FromSeconds(60));
        var container = await InspectAsync(id);
        Assert.Equal((RuntimeState.Exited, exitCode, start.AddSeconds(seconds)), (container.State, container.ExitCode, container.FinishedAt));
    }

    [Fact]
    public async Task A_second_stop_can_be_less_patient()
    {
        var id = await StartAsync("stop-delay=1h");
        var patient = _runtime.StopAsync(id, TimeSpan.FromMinutes(30), None);
        await _runtime.StopAsync(id, TimeSpan.Zero, None);
        await patient.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(137, (await InspectAsync(id)).ExitCode);
        await _runtime.StopAsync(id, TimeSpan.Zero, None);
        await _runtime.StopAsync("none", TimeSpan.Zero, None);
    }

    [Fact]
    public async Task A_sandbox_has_an_address_of_its_own_and_ends_with_zero()
    {
        var addresses = new HashSet<string?>();
        for (var i = 0; i < 300; i++)
            addresses.Add((await InspectAsync(await StartSandboxAsync(Pod("pod-" + i)))).Address);
        Assert.Equal(300, addresses.Count);
        Assert.All(addresses, address => Assert.StartsWith("10.244.", address));
        var id = (await _runtime.ListAsync(None))[0].Id;
        await _runtime.StopAsync(id, TimeSpan.FromSeconds(1), None);
        Assert.Equal((0, null), ((await InspectAsync(id)).ExitCode, (await InspectAsync(id)).Address));
    }

    [Fact]
    public async Task What_docker_would_refuse_is_refused()
    {
        var sandbox = await StartSandboxAsync();
        var id = await CreateAsync(sandbox);
        Assert.Contains("already in use", (await Assert.ThrowsAsync<RuntimeException>(() => CreateAsync(sandbox))).Message);
        Assert.Contains("No such container", (await Assert.ThrowsAsync<RuntimeException>(() => CreateAsync("none", attempt: 1))).Message);
        Assert.Contains("run-for", (await Assert.ThrowsAsync<RuntimeException>(() => CreateAsync(sandbox, "run-for=x", 1))).Message);
        await _runtime.StartAsync(id, None);
        Assert.Contains("running", (await Assert.ThrowsAsync<RuntimeException>(() => _runtime.RemoveAsync(id, None))).Message);
        await _runtime.StopAsync(sandbox, TimeSpan.Zero, None);
        Assert.Contains("non running", (await Assert.ThrowsAsync<RuntimeException>(() => CreateAsync(sandbox, attempt: 1))).Message);
        await Assert.ThrowsAsync<RuntimeException>(() => _runtime.StartAsync("none", None));
        await Assert.ThrowsAsync<RuntimeException>(() => LogAsync("none"));
    }

    [Fact]
    public async Task What_is_removed_is_gone()
    {
        var id = await CreateAsync(await StartSandboxAsync());
        await _runtime.RemoveAsync(id, None);
        Assert.Null(await _runtime.InspectAsync(id, None));
        Assert.Null(await _runtime.DescribeAsync(id, None));
        await _runtime.RemoveAsync(id, None);
        Assert.Single(await _runtime.ListAsync(None));
    }

    [Fact]
    public async Task Events_tell_of_starts_ends_and_removals()
    {
        var sandbox = await StartSandboxAsync();
        await using var events = _runtime.WatchAsync(None).GetAsyncEnumerator(None);
        var next = events.MoveNextAsync().AsTask();
        async Task ExpectAsync(string id)
        {
            Assert.True(await next.WaitAsync(TimeSpan.FromSeconds(60)));
            Assert.Equal(id, events.Current);
            next = events.MoveNextAsync().AsTask();
        }

        var container = await CreateAsync(sandbox, "run-for=5s");
        await _runtime.StartAsync(container, None);
        await ExpectAsync(container);
        _time.Advance(TimeSpan.FromSeconds(5));
        await ExpectAsync(container);
        await _runtime.RemoveAsync(container, None);
        await ExpectAsync(container);
        await _runtime.StopAsync(sandbox, TimeSpan.Zero, None);
        await ExpectAsync(sandbox);
        Assert.False(next.IsCompleted);
        await _runtime.DisposeAsync();
        Assert.False(await next.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task Following_a_log_ends_with_the_container()
    {
        var id = await StartAsync("run-for=5s");
        var following = LogAsync(id, new LogRequest(true, null, null));
        Assert.False(following.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("O:web of default/pod started, attempt 0\nO:web ended with exit code 0\n", await following.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task Its_description_looks_like_dockers()
    {
        var id = await StartAsync("run-for=1s;exit-code=2");
        _time.Advance(TimeSpan.FromSeconds(1));
        var json = JsonDocument.Parse((await _runtime.DescribeAsync(id, None))!.Value).RootElement;
        Assert.Equal(id, json.GetProperty("Id").GetString());
        Assert.Equal("exited", json.GetProperty("State").GetProperty("Status").GetString());
        Assert.Equal(2, json.GetProperty("State").GetProperty("ExitCode").GetInt32());
        Assert.Equal("A=b", json.GetProperty("Config").GetProperty("Env")[0].GetString());
        Assert.Equal("web", json.GetProperty("Config").GetProperty("Labels").GetProperty("io.kubernetes.container.name").GetString());
    }

    [Fact]
    public async Task Images_are_there_once_pulled()
    {
        Assert.Null(await _runtime.InspectImageAsync("nginx:latest", None));
        await _runtime.PullAsync(Image, null, new Ignored(), None);
        var image = (await _runtime.InspectImageAsync("docker.io/library/nginx", None))!;
        Assert.Equal(image, await _runtime.InspectImageAsync(image.Id, None));
        Assert.StartsWith("docker.io/library/nginx@sha256:", Assert.Single(image.RepoDigests));
        Assert.Null(await _runtime.InspectImageAsync("not valid!", None));
    }

    [Theory]
    [InlineData("registry.invalid/a")]
    [InlineData("registry.INVALID:5000/a:1")]
    public async Task A_registry_that_cannot_be_is_not_found(string image)
    {
        var refusal = await Assert.ThrowsAsync<ImagePullException>(() => _runtime.PullAsync(ImageReference.Parse(image), null, new Ignored(), None));
        Assert.Contains("no such host", refusal.Message);
        Assert.Null(await _runtime.InspectImageAsync(image, None));
    }
}
