using System.Collections.Concurrent;
using System.Text.Json;

namespace Kube.OpenApi;

/// <summary>The OpenAPI documents of one connection's server: version 3, one for each group's version, where it has them (Kubernetes 1.24 and later); else version 2, one for all.</summary>
sealed class ApiDocuments(TimeProvider time)
{
    // Whoever asks for one field after the other asks the server once; definitions of new kinds show after it.
    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    readonly ConcurrentDictionary<string, (Task<ApiDocument> Document, long Read)> _known = [];

    /// <summary>The document that describes a kind.</summary>
    /// <exception cref="KubeOperationException">The server refuses.</exception>
    /// <exception cref="KubeConnectionException">The cluster cannot be used, or what it answers is no OpenAPI.</exception>
    public async Task<ApiDocument> GetAsync(KubeApi api, KubeResource resource, CancellationToken cancel)
    {
        try
        {
            return await OnceAsync(resource.ApiVersion, () => ReadAsync(api, resource, cancel)).ConfigureAwait(false);
        }
        catch (FormatException e)
        {
            throw new KubeConnectionException(KubeConnectionFault.NotKubernetes, $"{KubeConnection.Show(api.Connection.Server)} does not describe its kinds: {e.Message}.", e);
        }
    }

    async Task<ApiDocument> ReadAsync(KubeApi api, KubeResource resource, CancellationToken cancel)
    {
        var name = (resource.Group.Length == 0 ? "api/" : "apis/") + resource.ApiVersion;
        try
        {
            var index = await api.SendAsync(HttpMethod.Get, "/openapi/v3", null, null, cancel).ConfigureAwait(false);
            return new(await api.SendAsync(HttpMethod.Get, AddressOf(index, name), null, null, cancel).ConfigureAwait(false));
        }
        catch (KubeOperationException e) when (e.Status.Code is 404 or 406)
        {
            return await OnceAsync("", async () => new ApiDocument(await api.SendAsync(HttpMethod.Get, "/openapi/v2", null, null, cancel).ConfigureAwait(false))).ConfigureAwait(false);
        }
    }

    async Task<ApiDocument> OnceAsync(string key, Func<Task<ApiDocument>> read)
    {
        if (_known.TryGetValue(key, out var known) && time.GetElapsedTime(known.Read) < Fresh && !known.Document.IsFaulted && !known.Document.IsCanceled) return await known.Document.ConfigureAwait(false);
        var reading = read();
        _known[key] = (reading, time.GetTimestamp());
        return await reading.ConfigureAwait(false);
    }

    static string AddressOf(ReadOnlyMemory<byte> index, string name)
    {
        using var document = JsonDocument.Parse(index);
        return document.RootElement.TryGetProperty("paths", out var paths) && paths.ValueKind == JsonValueKind.Object && paths.TryGetProperty(name, out var entry)
            && entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("serverRelativeURL", out var address) && address.GetString() is ['/', ..] path ? path : $"/openapi/v3/{name}";
    }
}
