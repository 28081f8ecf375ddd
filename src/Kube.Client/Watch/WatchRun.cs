using System.Runtime.CompilerServices;

namespace Kube.Watch;

/// <summary>Takes one step of a watcher after the other, waiting longer and longer while they fail.</summary>
static class WatchRun
{
    // A server that closes each stream at once must not be asked again at once.
    static readonly TimeSpan ShortStream = TimeSpan.FromSeconds(5);

    /// <summary>All signals, until cancelled. The wait after a failure comes with the next signal asked for.</summary>
    public static async IAsyncEnumerable<WatchSignal> SignalsAsync(IWatchSource source, WatchState start, Backoff backoff, TimeProvider time, [EnumeratorCancellation] CancellationToken cancel)
    {
        var state = start;
        long? opened = null;
        var worked = false;
        try
        {
            while (true)
            {
                (var signal, state) = await Watcher.StepAsync(source, state, cancel).ConfigureAwait(false);
                if (signal is null)
                {
                    opened = time.GetTimestamp();
                    worked = true;
                    continue;
                }
                TimeSpan? lived = null, wait = null;
                if (state is not WatchState.Watching && opened is { } since)
                {
                    (lived, opened) = (time.GetElapsedTime(since), null);
                    if (lived >= ShortStream) backoff = backoff.Reset();
                }
                switch (signal)
                {
                    case WatchSignal.Changed or WatchSignal.Progressed:
                        backoff = backoff.Reset();
                        break;
                    case WatchSignal.Closed when lived < ShortStream:
                        (wait, backoff) = backoff.Fail();
                        break;
                    case WatchSignal.Failed failed:
                        var asked = (failed.Error as KubeOperationException)?.Status.RetryAfterSeconds;
                        (wait, backoff) = backoff.Fail(asked is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
                        signal = failed with { InARow = backoff.Failures, AfterSuccess = worked };
                        break;
                }
                yield return signal;
                if (wait is { } pause) await Task.Delay(pause, time, cancel).ConfigureAwait(false);
            }
        }
        finally
        {
            if (state is WatchState.Watching watching) await watching.Stream.DisposeAsync().ConfigureAwait(false);
        }
    }
}
