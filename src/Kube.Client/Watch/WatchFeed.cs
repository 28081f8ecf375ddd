using System.Runtime.CompilerServices;

namespace Kube.Watch;

/// <summary>The changes that a watch tells to one who knows some of what there is.</summary>
/// <param name="source">Where lists and changes come from.</param>
/// <param name="backoff">How long it waits after failures.</param>
/// <param name="time">By what clock.</param>
sealed class WatchFeed(IWatchSource source, Backoff backoff, TimeProvider time)
{
    // About six seconds. A server that has just started may for a moment not know who may do what, or what custom kinds there are.
    const int Patience = 6;

    /// <summary>Called for each failure that it goes on after: what failed, and how often in a row.</summary>
    public Action<KubeException, int>? OnFailure { get; init; }

    /// <summary>All changes, until cancelled. What is refused from the start is final; what worked before is tried for a while.</summary>
    /// <param name="start">Where the watch begins.</param>
    /// <param name="known">What is known there.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="KubeException">A wait does not mend it.</exception>
    public async IAsyncEnumerable<KubeWatchEvent> ReadAsync(WatchState start, IReadOnlyList<KubeObject> known, [EnumeratorCancellation] CancellationToken cancel)
    {
        var objects = new WatchedObjects(known);
        var listed = start is not WatchState.Empty;
        await foreach (var signal in WatchRun.SignalsAsync(source, start, backoff, time, cancel).ConfigureAwait(false))
        {
            switch (signal)
            {
                case WatchSignal.Restarted(var list):
                    listed = true;
                    foreach (var change in objects.Restart(list)) yield return change;
                    break;
                case WatchSignal.Changed(var change):
                    if (objects.Apply(change) is { } told) yield return told;
                    break;
                case WatchSignal.Failed failed when !listed || IsFinal(failed):
                    throw failed.Error;
                case WatchSignal.Failed failed:
                    OnFailure?.Invoke(failed.Error, failed.InARow);
                    break;
            }
        }
    }

    static bool IsFinal(WatchSignal.Failed failed) => failed.Error switch
    {
        KubeOperationException { Status.Code: 401 or 403 or 404 or 405 } or KubeConfigException => !failed.AfterSuccess || failed.InARow >= Patience,
        // What was listed came from there: what broke off in between may look like another kind of server for a moment.
        KubeConnectionException { Fault: KubeConnectionFault.Certificate or KubeConnectionFault.NotKubernetes } => failed.InARow >= Patience,
        _ => false,
    };
}
