using Kube.Agent.Pods;
using Kube.Agent.Runtime;
using Kube.Registry;
using static Kube.Agent.Tests.Pods.Given;

namespace Kube.Agent.Tests.Pods;

public class EngineViewTests
{
    readonly Slow _engine = new();
    readonly List<string> _changed = [];

    EngineView View() => new(_engine) { Changed = _changed.Add };

    [Fact]
    public async Task A_list_makes_the_view_available_and_tells_what_is_new()
    {
        var view = View();
        Assert.False(view.IsAvailable);
        _engine.Containers["c0"] = Running().Container;
        await view.RefreshAllAsync(default);
        Assert.True(view.IsAvailable);
        Assert.Equal(["c0"], view.Of(Uid).Select(container => container.Id));
        Assert.Equal([Uid], _changed);
        await view.RefreshAllAsync(default);
        Assert.Equal([Uid], _changed);
        _engine.Containers["c0"] = Exited(1).Container;
        await view.RefreshAsync("c0", default);
        Assert.Equal([Uid, Uid], _changed);
        _engine.Containers.Clear();
        await view.RefreshAllAsync(default);
        Assert.Equal([Uid, Uid, Uid], _changed);
        Assert.Empty(view.Uids);
        view.SetUnavailable();
        Assert.False(view.IsAvailable);
    }

    [Fact]
    public async Task What_came_during_a_list_is_not_lost_with_it()
    {
        var view = View();
        var list = _engine.Hold(() => view.RefreshAllAsync(default));
        _engine.Containers["c0"] = Running().Container;
        await view.RefreshAsync("c0", default);
        _engine.Release();
        await list;
        Assert.Equal(["c0"], view.Of(Uid).Select(container => container.Id));
    }

    [Fact]
    public async Task What_went_during_a_list_does_not_come_back_with_it()
    {
        var view = View();
        _engine.Containers["c0"] = Running().Container;
        var list = _engine.Hold(() => view.RefreshAllAsync(default));
        _engine.Containers.Clear();
        await view.RefreshAsync("c0", default);
        _engine.Release();
        await list;
        Assert.Empty(view.Of(Uid));
    }

    [Fact]
    public async Task An_older_look_does_not_overwrite_a_newer_one()
    {
        var view = View();
        _engine.Containers["c0"] = Running().Container;
        var old = _engine.Hold(() => view.RefreshAsync("c0", default));
        _engine.Containers["c0"] = Exited(1).Container;
        await view.RefreshAsync("c0", default);
        _engine.Release();
        await old;
        Assert.Equal(RuntimeState.Exited, view.Of(Uid).Single().Container.State);
    }

    /// <summary>An engine whose answer to one question can be held back after it was made.</summary>
    sealed class Slow : IContainerRuntime
    {
        TaskCompletionSource? _held;
        bool _holds;

        public Dictionary<string, RuntimeContainer> Containers { get; } = [];
        public string Name => "Test";

        public Task Hold(Func<Task> ask)
        {
            (_held, _holds) = (new TaskCompletionSource(), true);
            var asked = ask();
            _holds = false;
            return asked;
        }

        public void Release() => _held!.SetResult();

        async Task<T> AnswerAsync<T>(T answer)
        {
            if (_holds)
                await _held!.Task;
            return answer;
        }

        public Task<IReadOnlyList<RuntimeContainer>> ListAsync(CancellationToken cancel) => AnswerAsync<IReadOnlyList<RuntimeContainer>>([.. Containers.Values]);
        public Task<RuntimeContainer?> InspectAsync(string id, CancellationToken cancel) => AnswerAsync(Containers.GetValueOrDefault(id));

        public Task<RuntimeInfo> GetInfoAsync(CancellationToken cancel) => throw new NotSupportedException();
        public IAsyncEnumerable<string> WatchAsync(CancellationToken cancel) => throw new NotSupportedException();
        public Task<RuntimeUsage?> GetUsageAsync(string id, CancellationToken cancel) => throw new NotSupportedException();
        public Task<ReadOnlyMemory<byte>?> DescribeAsync(string id, CancellationToken cancel) => throw new NotSupportedException();
        public Task<string> CreateSandboxAsync(SandboxConfig config, CancellationToken cancel) => throw new NotSupportedException();
        public Task<string> CreateContainerAsync(ContainerConfig config, CancellationToken cancel) => throw new NotSupportedException();
        public Task StartAsync(string id, CancellationToken cancel) => throw new NotSupportedException();
        public Task StopAsync(string id, TimeSpan grace, CancellationToken cancel) => throw new NotSupportedException();
        public Task RemoveAsync(string id, CancellationToken cancel) => throw new NotSupportedException();
        public Task ReadLogAsync(string id, LogRequest request, Func<LogFrame, ValueTask> write, CancellationToken cancel) => throw new NotSupportedException();
        public Task<int> ExecAsync(string id, ExecRequest request, Func<ExecFrame, ValueTask> write, CancellationToken cancel) => throw new NotSupportedException();
        public Task AttachAsync(string id, AttachRequest request, Func<ExecFrame, ValueTask> write, CancellationToken cancel) => throw new NotSupportedException();
        public Task ConnectAsync(string sandboxId, int port, Stream input, Func<ReadOnlyMemory<byte>, ValueTask> write, CancellationToken cancel) => throw new NotSupportedException();
        public Task<RuntimeImage?> InspectImageAsync(string image, CancellationToken cancel) => throw new NotSupportedException();
        public Task PullAsync(ImageReference image, RegistryCredential? credential, IProgress<PullProgress> progress, CancellationToken cancel) => throw new NotSupportedException();
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
