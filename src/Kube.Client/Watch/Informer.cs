namespace Kube;

/// <summary>
/// A local copy of a list, kept up to date by a watch: it lists, watches, and lists again where the watch cannot go on,
/// reporting the differences. Nothing is lost or told twice over closed connections, 410 and restarts of the server.
/// </summary>
public sealed class Informer(KubeApi api, KubeResource resource, string? @namespace, ListOptions options)
{
    /// <summary>What is known now, by namespace and name. Safe to read from any thread.</summary>
    public IReadOnlyDictionary<(string? Namespace, string Name), KubeObject> Objects => throw new NotImplementedException();

    /// <summary>Completes when the first list is in <see cref="Objects"/>.</summary>
    public Task Synced => throw new NotImplementedException();

    /// <summary>Runs until cancelled. <paramref name="onChange"/> is called for each change, in order, one at a time.</summary>
    public Task RunAsync(Action<KubeWatchEvent> onChange, CancellationToken cancel) => throw new NotImplementedException($"{api}{resource}{@namespace}{options}");
}
