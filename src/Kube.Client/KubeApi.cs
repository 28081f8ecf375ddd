namespace Kube;

/// <summary>The verbs of a Kubernetes API, for any kind. Thread-safe; one for each connection is enough.</summary>
public sealed class KubeApi(KubeConnection connection)
{
    /// <summary>The cluster that it talks to.</summary>
    public KubeConnection Connection { get; } = connection;

    /// <summary>Reads one object.</summary>
    public Task<KubeObject> GetAsync(KubeResource resource, string? @namespace, string name, CancellationToken cancel) => throw new NotImplementedException();

    /// <summary>Reads a list, each object as soon as it has arrived.</summary>
    public IAsyncEnumerable<KubeObject> ListAsync(KubeResource resource, string? @namespace, ListOptions options, CancellationToken cancel) => throw new NotImplementedException();

    /// <summary>Creates an object from its JSON.</summary>
    public Task<KubeObject> CreateAsync(KubeResource resource, string? @namespace, ReadOnlyMemory<byte> json, WriteOptions options, CancellationToken cancel) => throw new NotImplementedException();

    /// <summary>Replaces an object, or its subresource, by its JSON.</summary>
    public Task<KubeObject> ReplaceAsync(KubeResource resource, string? @namespace, string name, ReadOnlyMemory<byte> json, WriteOptions options, CancellationToken cancel) => throw new NotImplementedException();

    /// <summary>Patches an object or its subresource.</summary>
    public Task<KubeObject> PatchAsync(KubeResource resource, string? @namespace, string name, PatchType type, ReadOnlyMemory<byte> patch, WriteOptions options, CancellationToken cancel) => throw new NotImplementedException();

    /// <summary>Deletes an object. Returns it as it stands, or null where the server answers with no object.</summary>
    public Task<KubeObject?> DeleteAsync(KubeResource resource, string? @namespace, string name, DeleteOptions options, CancellationToken cancel) => throw new NotImplementedException();

    /// <summary>Opens a container's log as it is, bytes.</summary>
    public Task<Stream> OpenLogAsync(string @namespace, string pod, LogOptions options, CancellationToken cancel) => throw new NotImplementedException();

    /// <summary>Sends a request of any path and returns the answer's body; anything but success is a <see cref="KubeOperationException"/>.</summary>
    public Task<ReadOnlyMemory<byte>> SendAsync(HttpMethod method, string pathAndQuery, ReadOnlyMemory<byte>? body, string? contentType, CancellationToken cancel) => throw new NotImplementedException();
}
