using System.Collections.Concurrent;
using Kube.Server.Controllers;
using Microsoft.Extensions.Logging;

namespace Kube.Server.Tests.Controllers;

public class WorkQueueTests
{
    static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    readonly LineLog _log = new();

    [Fact]
    public async Task A_key_waits_once_and_is_worked_on_by_one_at_a_time()
    {
        var queue = new WorkQueue("test", TimeProvider.System, _log);
        using var cancel = new CancellationTokenSource();
        var (runs, side, most) = (0, 0, 0);
        var (begun, go, again) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());
        for (var i = 0; i < 100; i++) queue.Add("a");
        var running = queue.RunAsync(4, async (_, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref side));
            if (Interlocked.Increment(ref runs) == 1)
            {
                begun.SetResult();
                await go.Task;
            }
            else
                again.SetResult();
            Interlocked.Decrement(ref side);
            return null;
        }, cancel.Token);
        await begun.Task.WaitAsync(Bound);
        // While it is worked on: it comes back once, afterwards.
        queue.Add("a");
        queue.Add("a");
        go.SetResult();
        await again.Task.WaitAsync(Bound);
        await EndAsync(cancel, running);
        Assert.Equal((2, 1), (runs, most));
    }

    [Fact]
    public async Task A_failure_comes_back_and_is_told_but_for_conflicts()
    {
        var queue = new WorkQueue("test", TimeProvider.System, _log);
        using var cancel = new CancellationTokenSource();
        var done = new TaskCompletionSource();
        var tries = 0;
        queue.Add("a");
        var running = queue.RunAsync(1, (_, _) => ++tries switch
        {
            1 => throw new KubeOperationException(new KubeStatus(409, "Conflict", "modified")),
            2 => throw new KubeOperationException(new KubeStatus(500, "InternalError", "disk")),
            _ => Done(),
        }, cancel.Token);
        await done.Task.WaitAsync(Bound);
        await EndAsync(cancel, running);
        Assert.Equal(["Warning test a: disk"], _log.Lines);

        Task<TimeSpan?> Done()
        {
            done.SetResult();
            return Task.FromResult<TimeSpan?>(null);
        }
    }

    [Fact]
    public async Task It_looks_again_when_asked_to()
    {
        var queue = new WorkQueue("test", TimeProvider.System, _log);
        using var cancel = new CancellationTokenSource();
        var second = new TaskCompletionSource();
        var runs = 0;
        queue.Add("a");
        var running = queue.RunAsync(1, (_, _) =>
        {
            if (++runs == 2) second.SetResult();
            return Task.FromResult<TimeSpan?>(runs == 1 ? TimeSpan.FromMilliseconds(1) : null);
        }, cancel.Token);
        await second.Task.WaitAsync(Bound);
        await EndAsync(cancel, running);
    }

    [Fact]
    public async Task A_look_that_is_years_away_holds_nothing_up()
    {
        var queue = new WorkQueue("test", TimeProvider.System, _log);
        using var cancel = new CancellationTokenSource();
        var second = new TaskCompletionSource();
        queue.Add("far");
        var running = queue.RunAsync(1, (key, _) =>
        {
            if (key == "near") second.SetResult();
            else queue.Add("near");
            return Task.FromResult<TimeSpan?>(TimeSpan.FromSeconds(int.MaxValue));
        }, cancel.Token);
        await Task.WhenAny(second.Task, running).WaitAsync(Bound);
        Assert.False(running.IsCompleted, running.Exception?.ToString());
        await EndAsync(cancel, running);
    }

    [Fact]
    public async Task A_fault_of_our_own_holds_up_its_key_alone_and_is_logged()
    {
        var queue = new WorkQueue("test", TimeProvider.System, _log);
        using var cancel = new CancellationTokenSource();
        var (other, again, tries) = (new TaskCompletionSource(), new TaskCompletionSource(), 0);
        queue.Add("bad");
        queue.Add("good");
        var running = queue.RunAsync(1, (key, _) =>
        {
            if (key == "good") other.SetResult();
            else if (++tries == 1) throw new InvalidOperationException("oh");
            else again.SetResult();
            return Task.FromResult<TimeSpan?>(null);
        }, cancel.Token);
        await Task.WhenAll(other.Task, again.Task).WaitAsync(Bound);
        await EndAsync(cancel, running);
        Assert.Equal(["Error test bad is at fault here and tried again later"], _log.Lines);
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 20)]
    [InlineData(5, 160)]
    [InlineData(12, 20480)]
    [InlineData(13, 30000)]
    [InlineData(1000, 30000)]
    public void Retries_come_later_and_later(int failures, int milliseconds) => Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), WorkQueue.RetryDelay(failures));

    static async Task EndAsync(CancellationTokenSource cancel, Task running)
    {
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Bound));
    }

    sealed class LineLog : ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{logLevel} {formatter(state, exception)}");
    }
}
