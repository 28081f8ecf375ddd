using System.Threading.Channels;

namespace Kube.Server.Controllers;

/// <summary>
/// Keys of objects to look at. A key waits once however often it is added, is worked on by one worker at a time, and comes back after
/// a failure, later and later: a fault in one object's handling stops neither the others' nor the server.
/// </summary>
/// <param name="what">What a key stands for, as the log names it.</param>
sealed class WorkQueue(string what, TimeProvider time, ILogger log)
{
    static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(10);
    static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(30);

    // A timer takes 49 days at most, a document more; to look too early does no harm.
    static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);

    readonly Channel<string> _ready = Channel.CreateUnbounded<string>();
    readonly Lock _gate = new();
    readonly HashSet<string> _waiting = [];
    readonly HashSet<string> _working = [];
    readonly Dictionary<string, int> _failures = [];

    public void Add(string key)
    {
        lock (_gate)
            // A key that is being worked on is taken up again when that is done.
            if (_waiting.Add(key) && !_working.Contains(key)) _ready.Writer.TryWrite(key);
    }

    public void AddAfter(string key, TimeSpan delay, CancellationToken cancel) =>
        _ = Task.Delay(delay < LongestDelay ? delay : LongestDelay, time, cancel).ContinueWith(_ => Add(key), cancel, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);

    /// <summary>Works until cancelled.</summary>
    /// <param name="workers">How many keys are worked on side by side.</param>
    /// <param name="reconcile">Looks at one key; the time it returns, if any, is when it wants to look again.</param>
    /// <param name="cancel">Ends it.</param>
    public Task RunAsync(int workers, Func<string, CancellationToken, Task<TimeSpan?>> reconcile, CancellationToken cancel) =>
        TaskGroup.RunAsync(Enumerable.Range(0, workers).Select(_ => (Func<CancellationToken, Task>)(stop => WorkAsync(reconcile, stop))), cancel);

    internal static TimeSpan RetryDelay(int failures) =>
        TimeSpan.FromTicks(Math.Min(LastRetry.Ticks, FirstRetry.Ticks << Math.Min(failures - 1, 20)));

    async Task WorkAsync(Func<string, CancellationToken, Task<TimeSpan?>> reconcile, CancellationToken cancel)
    {
        await foreach (var key in _ready.Reader.ReadAllAsync(cancel))
        {
            lock (_gate)
            {
                _waiting.Remove(key);
                _working.Add(key);
            }
            TimeSpan? again;
            try
            {
                again = await reconcile(key, cancel);
                lock (_gate) _failures.Remove(key);
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                int failures;
                lock (_gate) failures = _failures[key] = _failures.GetValueOrDefault(key) + 1;
                Tell(key, e);
                again = RetryDelay(failures);
            }
            finally
            {
                lock (_gate)
                {
                    _working.Remove(key);
                    if (_waiting.Contains(key)) _ready.Writer.TryWrite(key);
                }
            }
            if (again is { } delay) AddAfter(key, delay, cancel);
        }
    }

    void Tell(string key, Exception failure)
    {
        switch (failure)
        {
            case KubeOperationException { Status.Reason: "Conflict" }:
                // Another writer was faster; the next try settles it.
                break;
            case KubeException:
                log.LogWarning("{What} {Key}: {Message}", what, key, failure.Message);
                break;
            default:
                log.LogError(failure, "{What} {Key} is at fault here and tried again later", what, key);
                break;
        }
    }
}
