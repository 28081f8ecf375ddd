using Kube.Watch;

namespace Kube;

public sealed partial class KubeApi
{
    /// <summary>What there is, told as Added, and then each change, until cancelled or no longer read.</summary>
    /// <param name="resource">What is watched.</param>
    /// <param name="namespace">The namespace; null: all of them.</param>
    /// <param name="options">What it is narrowed to.</param>
    /// <param name="cancel">Ends it, with an <see cref="OperationCanceledException"/>.</param>
    /// <remarks>It goes on through closed connections, 410 and restarts of the server, as <see cref="Informer"/> does: one object that went while the server could not
    /// be reached is told as Deleted, with the last state that was seen. What no wait can mend (401, 403, 404, a certificate that is not trusted …) ends it: at once before
    /// the first watch, later after some seconds, since a server that starts may refuse for a moment what it will allow. So does any failure before the first list.</remarks>
    /// <exception cref="KubeOperationException">The server refuses.</exception>
    /// <exception cref="KubeConnectionException">The cluster cannot be used.</exception>
    public IAsyncEnumerable<KubeWatchEvent> WatchAsync(KubeResource resource, string? @namespace, ListOptions options, CancellationToken cancel) =>
        WatchAsync(resource, @namespace, options, [], cancel);

    /// <summary>The same for one who has read some of it: of that only what has changed since is told, and what has gone since as Deleted.</summary>
    /// <inheritdoc cref="WatchAsync(KubeResource, string?, ListOptions, CancellationToken)"/>
    /// <param name="resource">What is watched.</param>
    /// <param name="namespace">The namespace; null: all of them.</param>
    /// <param name="options">What it is narrowed to.</param>
    /// <param name="read">The objects as they were read.</param>
    /// <param name="cancel">Ends it, with an <see cref="OperationCanceledException"/>.</param>
    /// <param name="onFailure">Called for each failure that it goes on after: what failed, and how often in a row. Default: nothing.</param>
    public IAsyncEnumerable<KubeWatchEvent> WatchAsync(KubeResource resource, string? @namespace, ListOptions options, IReadOnlyList<KubeObject> read, CancellationToken cancel, Action<KubeException, int>? onFailure = null) =>
        Feed(resource, @namespace, options, onFailure).ReadAsync(new WatchState.Empty(), read, cancel);

    /// <summary>The same for one who has the whole list: what has changed since, from the list's version on.</summary>
    /// <inheritdoc cref="WatchAsync(KubeResource, string?, ListOptions, IReadOnlyList{KubeObject}, CancellationToken, Action{KubeException, int}?)"/>
    public IAsyncEnumerable<KubeWatchEvent> WatchAsync(KubeResource resource, string? @namespace, ListOptions options, KubeList read, CancellationToken cancel, Action<KubeException, int>? onFailure = null) =>
        Feed(resource, @namespace, options, onFailure).ReadAsync(new WatchState.Listed(read.ResourceVersion), read.Items, cancel);

    WatchFeed Feed(KubeResource resource, string? @namespace, ListOptions options, Action<KubeException, int>? onFailure) =>
        new(new ApiWatchSource(this, resource, @namespace, options), Backoff.Default, TimeProvider.System) { OnFailure = onFailure };
}
