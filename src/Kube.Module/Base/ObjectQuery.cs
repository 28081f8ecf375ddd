namespace Kube.Module.Base;

/// <summary>What a command chooses from: the objects of a kind within its scope and selectors.</summary>
/// <param name="Resource">The kind.</param>
/// <param name="Namespace">The namespace; null where there is none or all are meant.</param>
/// <param name="Options">What narrows the list.</param>
sealed record ObjectQuery(KubeResource Resource, string? Namespace, ListOptions Options)
{
    /// <summary>Lists them.</summary>
    public IAsyncEnumerable<KubeObject> ReadAsync(KubeApi api, CancellationToken cancel) => api.ListAsync(Resource, Namespace, Options, cancel);
}
