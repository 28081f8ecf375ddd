using Kube.Discovery;

namespace Kube;

public sealed partial class KubeApi
{
    /// <summary>All resources that the server lists, the core group first, in each group the preferred version first. Read once for each connection.</summary>
    /// <param name="cancel">Ends it.</param>
    public async Task<IReadOnlyList<KubeResource>> GetResourcesAsync(CancellationToken cancel) =>
        (await Connection.Resources.GetAsync(Connection, cancel).ConfigureAwait(false)).Resources;

    /// <summary>The resource of a name as people type it: <c>pods</c>, <c>pod</c>, <c>po</c>, <c>Pod</c>, <c>deployments.apps</c>, <c>Deployment.v1.apps</c>.</summary>
    /// <param name="name">The name, in any case.</param>
    /// <param name="cancel">Ends it.</param>
    /// <remarks>What every cluster has is found without a request; the rest in what the server lists, which is read again where the name is not in it.</remarks>
    /// <exception cref="KubeOperationException">The server has no such resource (404, <c>NotFound</c>).</exception>
    public async Task<KubeResource> FindResourceAsync(string name, CancellationToken cancel)
    {
        var (found, map) = await Connection.Resources.FindAsync(Connection, m => m.Find(name), cancel).ConfigureAwait(false);
        return found ?? throw NotListed($"the server has no resource type \"{name}\"", name, map);
    }

    /// <summary>The resource of documents with this <c>apiVersion</c> and <c>kind</c>.</summary>
    /// <inheritdoc cref="FindResourceAsync(string, CancellationToken)"/>
    /// <param name="apiVersion">Such as <c>apps/v1</c>.</param>
    /// <param name="kind">Such as <c>Deployment</c>.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<KubeResource> FindResourceAsync(string apiVersion, string kind, CancellationToken cancel)
    {
        var (found, map) = await Connection.Resources.FindAsync(Connection, m => m.Find(apiVersion, kind), cancel).ConfigureAwait(false);
        if (found is not null) return found;
        var versions = map.Resources.Where(r => r.Kind == kind).Select(r => r.ApiVersion).Distinct().ToList();
        throw NotListed(
            $"the server has no kind \"{kind}\" in \"{apiVersion}\"" + (versions.Count > 0 ? $"; it has it in {string.Join(", ", versions)}" : ""), kind, map);
    }

    static KubeOperationException NotListed(string message, string kind, ResourceMap map) =>
        new(new KubeStatus(404, "NotFound", map.Unavailable.Count == 0 ? message : $"{message}; {string.Join(", ", map.Unavailable)} could not be listed") { Kind = kind });
}
