using Kube.Agent.Runtime;
using Kube.Registry;

namespace Kube.Agent.Tests.Agents;

/// <summary>A runtime whose engine goes away and comes back when told.</summary>
sealed class FlakyRuntime(IContainerRuntime inner) : IContainerRuntime
{
    CancellationTokenSource _away = new();

    public string Name => inner.Name;

    public void GoAway() => _away.Cancel();

    public void ComeBack() => _away = new CancellationTokenSource();

    void Check()
    {
        if (_away.IsCancellationRequested)
            throw new RuntimeUnavailableException("nothing answers at unix:///nowhere");
    }

    async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        await Task.Yield();
        Check();
        return await ask();
    }

    Task AskAsync(Func<Task> ask) => AskAsync(async () => { await ask(); return true; });

    public Task<RuntimeInfo> GetInfoAsync(CancellationToken cancel) => AskAsync(() => inner.GetInfoAsync(cancel));
    public Task<IReadOnlyList<RuntimeContainer>> ListAsync(CancellationToken cancel) => AskAsync(() => inner.ListAsync(cancel));

    public async IAsyncEnumerable<string> WatchAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        Check();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, _away.Token);
        var ids = inner.WatchAsync(either.Token).GetAsyncEnumerator(either.Token);
        while (true)
        {
            try
            {
                if (!await ids.MoveNextAsync())
                    yield break;
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                throw new RuntimeUnavailableException("nothing answers at unix:///nowhere");
            }
            yield return ids.Current;
        }
    }

    public Task<RuntimeContainer?> InspectAsync(string id, CancellationToken cancel) => AskAsync(() => inner.InspectAsync(id, cancel));
    public Task<RuntimeUsage?> GetUsageAsync(string id, CancellationToken cancel) => AskAsync(() => inner.GetUsageAsync(id, cancel));
    public Task<ReadOnlyMemory<byte>?> DescribeAsync(string id, CancellationToken cancel) => AskAsync(() => inner.DescribeAsync(id, cancel));
    public Task<string> CreateSandboxAsync(SandboxConfig config, CancellationToken cancel) => AskAsync(() => inner.CreateSandboxAsync(config, cancel));
    public Task<string> CreateContainerAsync(ContainerConfig config, CancellationToken cancel) => AskAsync(() => inner.CreateContainerAsync(config, cancel));
    public Task StartAsync(string id, CancellationToken cancel) => AskAsync(() => inner.StartAsync(id, cancel));
    public Task StopAsync(string id, TimeSpan grace, CancellationToken cancel) => AskAsync(() => inner.StopAsync(id, grace, cancel));
    public Task RemoveAsync(string id, CancellationToken cancel) => AskAsync(() => inner.RemoveAsync(id, cancel));
    public Task ReadLogAsync(string id, LogRequest request, Func<LogFrame, ValueTask> write, CancellationToken cancel) => AskAsync(() => inner.ReadLogAsync(id, request, write, cancel));
    public Task<int> ExecAsync(string id, ExecRequest request, Func<ExecFrame, ValueTask> write, CancellationToken cancel) => AskAsync(() => inner.ExecAsync(id, request, write, cancel));
    public Task AttachAsync(string id, AttachRequest request, Func<ExecFrame, ValueTask> write, CancellationToken cancel) => AskAsync(() => inner.AttachAsync(id, request, write, cancel));
    public Task ConnectAsync(string sandboxId, int port, Stream input, Func<ReadOnlyMemory<byte>, ValueTask> write, CancellationToken cancel) => AskAsync(() => inner.ConnectAsync(sandboxId, port, input, write, cancel));
    public Task<RuntimeImage?> InspectImageAsync(string image, CancellationToken cancel) => AskAsync(() => inner.InspectImageAsync(image, cancel));
    public Task PullAsync(ImageReference image, RegistryCredential? credential, IProgress<PullProgress> progress, CancellationToken cancel) => AskAsync(() => inner.PullAsync(image, credential, progress, cancel));
    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
