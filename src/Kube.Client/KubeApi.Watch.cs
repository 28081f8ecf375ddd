using System.Runtime.CompilerServices;
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
    /// be reached is told as Deleted, with the last state that was seen. What no wait can mend (401, 403, 404, a certificate that is not trusted …) ends it; so does any failure before the first list.</remarks>
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
    public async IAsyncEnumerable<KubeWatchEvent> WatchAsync(KubeResource resource, string? @namespace, ListOptions options, IReadOnlyList<KubeObject> read, [EnumeratorCancellation] CancellationToken cancel)
    {
        var source = new ApiWatchSource(this, resource, @namespace, options);
        var objects = new WatchedObjects(read);
        var listed = false;
        await foreach (var signal in WatchRun.SignalsAsync(source, Backoff.Default, TimeProvider.System, cancel).ConfigureAwait(false))
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
                case WatchSignal.Failed(var error) when !listed || IsFinal(error):
                    throw error;
            }
        }
    }

    static bool IsFinal(KubeException error) => error switch
    {
        KubeOperationException { Status.Code: 401 or 403 or 404 or 405 } => true,
        KubeConnectionException { Fault: KubeConnectionFault.Certificate or KubeConnectionFault.NotKubernetes } => true,
        KubeConfigException => true,
        _ => false,
    };
}
