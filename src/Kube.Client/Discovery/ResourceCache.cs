using Kube.Http;

namespace Kube.Discovery;

/// <summary>What one connection knows of its server's resources: asked for once, and again where something is missed.</summary>
sealed class ResourceCache(TimeProvider time)
{
    // Somebody who asks for a name that is not there, again and again, must not ask the server each time.
    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    const int SideBySide = 8;

    readonly SemaphoreSlim _one = new(1, 1);
    volatile ResourceMap? _map;
    long _read;

    /// <summary>The map; read now where it never was.</summary>
    public Task<ResourceMap> GetAsync(KubeConnection connection, CancellationToken cancel) => ReadAsync(connection, map => map is not null, cancel);

    /// <summary>What <paramref name="find"/> finds: in what every cluster has, in what is known, in what the server lists now.</summary>
    public async Task<(KubeResource? Found, ResourceMap Map)> FindAsync(KubeConnection connection, Func<ResourceMap, KubeResource?> find, CancellationToken cancel)
    {
        if (find(ResourceMap.BuiltIn) is { } builtIn) return (builtIn, ResourceMap.BuiltIn);
        var map = await ReadAsync(connection, map => map is not null && (find(map) is not null || time.GetElapsedTime(_read) < Fresh), cancel).ConfigureAwait(false);
        return (find(map), map);
    }

    async Task<ResourceMap> ReadAsync(KubeConnection connection, Func<ResourceMap?, bool> enough, CancellationToken cancel)
    {
        if (enough(_map)) return _map!;
        await _one.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            if (enough(_map)) return _map!;
            var map = await FetchAsync(connection, cancel).ConfigureAwait(false);
            _read = time.GetTimestamp();
            return _map = map;
        }
        catch (FormatException e)
        {
            throw new KubeConnectionException(KubeConnectionFault.NotKubernetes, $"{KubeConnection.Show(connection.Server)} is not a Kubernetes API: {e.Message}.", e);
        }
        finally
        {
            _one.Release();
        }
    }

    static async Task<ResourceMap> FetchAsync(KubeConnection connection, CancellationToken cancel)
    {
        var roots = await Task.WhenAll(RootAsync("/api"), RootAsync("/apis")).ConfigureAwait(false);
        var resources = new List<KubeResource>();
        var unavailable = new List<string>();
        foreach (var root in roots)
        {
            if (root.Resources is { } whole)
            {
                resources.AddRange(whole);
                unavailable.AddRange(root.GroupVersions);
                continue;
            }
            using var places = new SemaphoreSlim(SideBySide);
            foreach (var (groupVersion, found) in await Task.WhenAll(root.GroupVersions.Select(v => GroupVersionAsync(v, places))).ConfigureAwait(false))
            {
                if (found is null) unavailable.Add(groupVersion);
                else resources.AddRange(found);
            }
        }
        return new ResourceMap(resources, unavailable);

        async Task<DiscoveryDocument.Root> RootAsync(string path) =>
            DiscoveryDocument.ReadRoot(await connection.SendForBytesAsync(new KubeRequest(HttpMethod.Get, path) { Accept = DiscoveryDocument.Accept }, cancel).ConfigureAwait(false));

        async Task<(string GroupVersion, IReadOnlyList<KubeResource>? Found)> GroupVersionAsync(string groupVersion, SemaphoreSlim places)
        {
            await places.WaitAsync(cancel).ConfigureAwait(false);
            try
            {
                var path = (groupVersion.Contains('/') ? "/apis/" : "/api/") + groupVersion;
                var body = await connection.SendForBytesAsync(new KubeRequest(HttpMethod.Get, path) { Once = true }, cancel).ConfigureAwait(false);
                return (groupVersion, DiscoveryDocument.ReadGroupVersion(body, groupVersion));
            }
            catch (KubeOperationException e) when (e.Status.Code is 404 or >= 500)
            {
                // One API that is served by somebody else and down must not take the others with it.
                return (groupVersion, null);
            }
            finally
            {
                places.Release();
            }
        }
    }
}
