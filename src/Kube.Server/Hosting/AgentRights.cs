namespace Kube.Server.Hosting;

/// <summary>What the one whom an agent's kubeconfig names has to be allowed.</summary>
static class AgentRights
{
    const string NodeUser = "system:node:";

    static readonly KubeAccess[] OfNodes =
    [
        new("get", "nodes"), new("create", "nodes"), new("patch", "nodes"), new("patch", "nodes") { Subresource = "status" },
        new("list", "pods"), new("watch", "pods"), new("delete", "pods"), new("patch", "pods") { Subresource = "status" },
    ];

    // Who is known as a node may read those of its own pods, and is told no when all are meant.
    static readonly KubeAccess[] OfOthers = [new("get", "secrets"), new("get", "configmaps"), new("get", "serviceaccounts")];

    /// <summary>Asks the API server, at once for all.</summary>
    /// <exception cref="StartException">Something is not allowed; the message names all that is not.</exception>
    /// <exception cref="KubeException">The API server is not reached, or does not know who asks.</exception>
    public static async Task CheckAsync(KubeApi api, CancellationToken cancel)
    {
        var user = (await api.GetIdentityAsync(cancel)).UserName;
        var needed = user?.StartsWith(NodeUser, StringComparison.Ordinal) == true ? OfNodes : [.. OfNodes, .. OfOthers];
        var allowed = await Task.WhenAll(needed.Select(access => api.ReviewAccessAsync(access, cancel)));
        var denied = needed.Where((_, i) => !allowed[i]).ToArray();
        if (denied.Length > 0)
            throw new StartException($"{user ?? "the kubeconfig's user"} may not {string.Join(", ", denied.AsEnumerable())} in {api.Connection}, as an agent has to: ask for a role with these in all namespaces");
    }
}
