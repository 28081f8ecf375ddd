namespace Kube.Module.Commands;

/// <summary>Fetches the engine's own description of containers from the agents of their nodes.</summary>
sealed class ContainerDetail
{
    readonly HashSet<string> _withoutEndpoint = [];

    /// <summary>Fills in <see cref="KubeContainerStatus.DetailInfo"/>.</summary>
    /// <returns>A warning, once for each node whose agent is not Kube's; else null.</returns>
    public async Task<string?> FillAsync(KubeContainerStatus status, bool includeEnvironment, CancellationToken cancel)
    {
        if (status is not { Node: { } node, ContainerID: not null, Connection: { } connection } || _withoutEndpoint.Contains(node)) return null;
        var path = $"/api/v1/nodes/{Uri.EscapeDataString(node)}/proxy/containers/{Uri.EscapeDataString(status.Namespace!)}/{Uri.EscapeDataString(status.Pod)}/{Uri.EscapeDataString(status.Container)}"
            + (includeEnvironment ? "?environment=true" : "");
        try
        {
            status.DetailInfo = KubeMap.Parse(await new KubeApi(connection).SendAsync(HttpMethod.Get, path, null, null, cancel));
            return null;
        }
        catch (KubeOperationException exception) when (exception.Status is { Code: 404 or 403 or 405 or >= 500 })
        {
            _withoutEndpoint.Add(node);
            return $"Node {node} gives no detail of its containers ({exception.Status.Reason}): DetailInfo stays empty.";
        }
    }
}
