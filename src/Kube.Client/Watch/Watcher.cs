namespace Kube.Watch;

/// <summary>The steps of a watch: list, then changes from the list's version; from the last version where a stream ends; the list again where
/// the server has forgotten it.</summary>
static class Watcher
{
    /// <summary>One step. It keeps nothing and waits for nothing but the source.</summary>
    public static async Task<(WatchSignal? Signal, WatchState Next)> StepAsync(IWatchSource source, WatchState state, CancellationToken cancel)
    {
        switch (state)
        {
            case WatchState.Empty:
                try
                {
                    var list = await source.ListAsync(cancel).ConfigureAwait(false);
                    return (new WatchSignal.Restarted(list), new WatchState.Listed(list.ResourceVersion));
                }
                catch (KubeException e)
                {
                    return (new WatchSignal.Failed(e), state);
                }

            case WatchState.Listed listed:
                try
                {
                    var stream = await source.WatchAsync(listed.ResourceVersion, cancel).ConfigureAwait(false);
                    return (null, new WatchState.Watching(listed.ResourceVersion, stream));
                }
                catch (KubeException e)
                {
                    return (new WatchSignal.Failed(e), After(e, listed.ResourceVersion));
                }

            case WatchState.Watching watching:
                WatchFrame? frame;
                try
                {
                    frame = await watching.Stream.ReadAsync(cancel).ConfigureAwait(false);
                }
                catch (KubeException e)
                {
                    await watching.Stream.DisposeAsync().ConfigureAwait(false);
                    return (new WatchSignal.Failed(e), After(e, watching.ResourceVersion));
                }
                switch (frame)
                {
                    case WatchFrame.Change change:
                        return (new WatchSignal.Changed(change.Event), watching with { ResourceVersion = change.Event.Object.ResourceVersion ?? watching.ResourceVersion });
                    case WatchFrame.Bookmark bookmark:
                        return (new WatchSignal.Progressed(), watching with { ResourceVersion = bookmark.ResourceVersion });
                    case WatchFrame.Error error:
                        await watching.Stream.DisposeAsync().ConfigureAwait(false);
                        var refused = new KubeOperationException(error.Status);
                        return (new WatchSignal.Failed(refused), After(refused, watching.ResourceVersion));
                    default:
                        await watching.Stream.DisposeAsync().ConfigureAwait(false);
                        return (new WatchSignal.Closed(), new WatchState.Listed(watching.ResourceVersion));
                }

            default:
                throw new ArgumentOutOfRangeException(nameof(state));
        }
    }

    // A version that the server has forgotten (410), does not understand (400, 422) or has not reached, as after it was restored from a copy
    // (504 with ResourceVersionTooLarge), will never do: only the list helps. With all else the version is as good as before.
    static WatchState After(KubeException error, string version) =>
        error is KubeOperationException { Status: var status }
        && (status.Code is 400 or 410 or 422 || status.Reason is "Expired" or "Gone" || status.Causes.Any(c => c.Reason == "ResourceVersionTooLarge"))
            ? new WatchState.Empty() : new WatchState.Listed(version);
}
