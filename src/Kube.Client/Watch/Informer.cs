using Kube.Watch;

namespace Kube;

/// <summary>
/// A local copy of a list, kept up to date by a watch: it lists, watches, and lists again where the watch cannot go on,
/// reporting the differences. Nothing is lost or told twice over closed connections, 410 and restarts of the server.
/// </summary>
/// <remarks>What happened to one object between two lists is told as one change. It goes on through all failures, waiting longer and longer (200 ms to 30 s).</remarks>
public sealed class Informer
{
    readonly IWatchSource _source;
    readonly Backoff _backoff;
    readonly TimeProvider _time;
    readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly WatchedObjects _objects = new([]);
    int _started;

    /// <summary>Describes what is followed; <see cref="RunAsync"/> begins.</summary>
    /// <param name="api">Where.</param>
    /// <param name="resource">What.</param>
    /// <param name="namespace">The namespace; null: all of them.</param>
    /// <param name="options">What it is narrowed to.</param>
    public Informer(KubeApi api, KubeResource resource, string? @namespace, ListOptions options)
        : this(new ApiWatchSource(api, resource, @namespace, options), Backoff.Default, TimeProvider.System) { }

    internal Informer(IWatchSource source, Backoff backoff, TimeProvider time) => (_source, _backoff, _time) = (source, backoff, time);

    /// <summary>Called for each attempt that failed, before the wait for the next; to log, say. Default: nothing.</summary>
    public Action<KubeException>? OnFailure { get; init; }

    /// <summary>What is known now, by namespace and name: a snapshot that does not change. Safe to read from any thread.</summary>
    public IReadOnlyDictionary<(string? Namespace, string Name), KubeObject> Objects => _objects.Now;

    /// <summary>Completes when the first list is in <see cref="Objects"/> and has been told; cancelled or faulted if <see cref="RunAsync"/> ends before.</summary>
    public Task Synced => _synced.Task;

    /// <summary>Runs until cancelled. <paramref name="onChange"/> is called for each change, in order, one at a time; the change is in <see cref="Objects"/> by then.
    /// What it throws ends the run.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="InvalidOperationException">It runs, or ran, already.</exception>
    public async Task RunAsync(Action<KubeWatchEvent> onChange, CancellationToken cancel)
    {
        if (Interlocked.Exchange(ref _started, 1) != 0) throw new InvalidOperationException("An informer runs once.");
        try
        {
            await foreach (var signal in WatchRun.SignalsAsync(_source, new WatchState.Empty(), _backoff, _time, cancel).ConfigureAwait(false))
            {
                switch (signal)
                {
                    case WatchSignal.Restarted(var list):
                        foreach (var change in _objects.Restart(list)) onChange(change);
                        _synced.TrySetResult();
                        break;
                    case WatchSignal.Changed(var change):
                        if (_objects.Apply(change) is { } told) onChange(told);
                        break;
                    case WatchSignal.Failed(var error):
                        OnFailure?.Invoke(error);
                        break;
                }
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            _synced.TrySetCanceled(cancel);
            throw;
        }
        catch (Exception e)
        {
            // Whoever waits for the first list must hear of it too; whoever does not, need not.
            if (_synced.TrySetException(e)) _ = _synced.Task.Exception;
            throw;
        }
    }
}
