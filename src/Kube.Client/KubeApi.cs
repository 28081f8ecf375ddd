using Kube.Columns;
using Kube.Http;
using Kube.Streams;

namespace Kube;

/// <summary>The verbs of a Kubernetes API, for any kind. Thread-safe; one for each connection is enough.</summary>
/// <remarks>
/// What the server refuses is a <see cref="KubeOperationException"/>; a cluster that cannot be used is a <see cref="KubeConnectionException"/>. Reads are tried
/// again where that may help; writes only where the server surely did nothing. The namespace does not matter to kinds that have none, and must
/// be given for those that do. A name that would make a URL point elsewhere is an <see cref="ArgumentException"/>.
/// </remarks>
public sealed partial class KubeApi(KubeConnection connection)
{
    /// <summary>The cluster that it talks to.</summary>
    public KubeConnection Connection { get; } = connection;

    /// <summary>
    /// Ask the server to print what is read and written of kinds that have no type of their own in <c>Kube</c>: each such object then has the server's
    /// <see cref="KubeObjectColumns">columns</see>. Default false.
    /// </summary>
    public bool PrinterColumns { get; init; }

    /// <summary>Reads one object.</summary>
    public async Task<KubeObject> GetAsync(KubeResource resource, string? @namespace, string name, CancellationToken cancel) =>
        await SendAsync(resource, KubeRequest.Get(resource, @namespace, name), cancel).ConfigureAwait(false);

    /// <summary>Reads a subresource, such as <c>scale</c>.</summary>
    public async Task<KubeObject> GetSubresourceAsync(KubeResource resource, string? @namespace, string name, string subresource, CancellationToken cancel) =>
        await SendAsync(KubeRequest.Get(resource, @namespace, name, subresource), cancel).ConfigureAwait(false);

    /// <summary>Reads a list, each object as soon as it has arrived.</summary>
    /// <param name="resource">What is listed.</param>
    /// <param name="namespace">The namespace; null: all of them.</param>
    /// <param name="options">What it is narrowed to.</param>
    /// <param name="cancel">Ends it at any byte.</param>
    /// <remarks>Where the server has forgotten the list's version between pages (410), it is read once more and objects already handed out are left
    /// out: each comes once, though the whole is then no longer true at one version. <see cref="GetListAsync"/> gives one that is.</remarks>
    /// <exception cref="KubeStreamException">It broke off, more than twice.</exception>
    public IAsyncEnumerable<KubeObject> ListAsync(KubeResource resource, string? @namespace, ListOptions options, CancellationToken cancel) =>
        new ListReader(this, resource, @namespace, options).ReadAsync(cancel);

    /// <summary>Reads a list whole, as it stood at one version, from which a watch can go on.</summary>
    /// <inheritdoc cref="ListAsync" path="/param"/>
    public async Task<KubeList> GetListAsync(KubeResource resource, string? @namespace, ListOptions options, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var reader = new ListReader(this, resource, @namespace, options, exact: true);
            try
            {
                var items = new List<KubeObject>();
                await foreach (var item in reader.ReadAsync(cancel).ConfigureAwait(false)) items.Add(item);
                return new KubeList(items, reader.ResourceVersion ?? "");
            }
            catch (KubeOperationException e) when (e.Status.Code == 410 && options.Limit > 0)
            {
                options = options with { Limit = 0 };
            }
            catch (KubeStreamException) when (attempt < 3)
            {
                // Nothing was handed out yet: read it again.
            }
        }
    }

    /// <summary>Creates an object from its JSON.</summary>
    public async Task<KubeObject> CreateAsync(KubeResource resource, string? @namespace, ReadOnlyMemory<byte> json, WriteOptions options, CancellationToken cancel) =>
        await SendAsync(resource, KubeRequest.Create(resource, @namespace, null, json, options), cancel).ConfigureAwait(false);

    /// <summary>Posts to a subresource of an object, such as <c>binding</c>, <c>eviction</c> or <c>token</c>. Returns what the server answers: often a Status.</summary>
    public async Task<KubeObject> CreateSubresourceAsync(KubeResource resource, string? @namespace, string name, string subresource, ReadOnlyMemory<byte> json, WriteOptions options, CancellationToken cancel) =>
        await SendAsync(KubeRequest.Create(resource, @namespace, name, json, options with { Subresource = subresource }), cancel).ConfigureAwait(false);

    /// <summary>Replaces an object, or its subresource, by its JSON.</summary>
    public async Task<KubeObject> ReplaceAsync(KubeResource resource, string? @namespace, string name, ReadOnlyMemory<byte> json, WriteOptions options, CancellationToken cancel) =>
        await SendAsync(WholeOf(resource, options), KubeRequest.Replace(resource, @namespace, name, json, options), cancel).ConfigureAwait(false);

    /// <summary>Patches an object or its subresource.</summary>
    public async Task<KubeObject> PatchAsync(KubeResource resource, string? @namespace, string name, PatchType type, ReadOnlyMemory<byte> patch, WriteOptions options, CancellationToken cancel) =>
        await SendAsync(WholeOf(resource, options), KubeRequest.Patch(resource, @namespace, name, type, patch, options), cancel).ConfigureAwait(false);

    /// <summary>Deletes an object. Returns it as it stands, or null where the server answers with no object.</summary>
    public async Task<KubeObject?> DeleteAsync(KubeResource resource, string? @namespace, string name, DeleteOptions options, CancellationToken cancel)
    {
        var answer = await SendAsync(KubeRequest.Delete(resource, @namespace, name, options), cancel).ConfigureAwait(false);
        return answer is { Kind: "Status", ApiVersion: "v1" } ? null : answer;
    }

    /// <summary>Deletes all objects that the selection fits.</summary>
    /// <param name="resource">What is deleted.</param>
    /// <param name="namespace">The namespace; null: all of them.</param>
    /// <param name="selection">Which ones: its selectors; the rest of it does not matter.</param>
    /// <param name="options">How.</param>
    /// <param name="cancel">Ends the wait for the answer; the server may go on.</param>
    public Task DeleteCollectionAsync(KubeResource resource, string? @namespace, ListOptions selection, DeleteOptions options, CancellationToken cancel) =>
        Connection.SendForBytesAsync(KubeRequest.DeleteCollection(resource, @namespace, selection, options), cancel);

    /// <summary>Opens a container's log as it is, bytes. Disposing the stream ends it.</summary>
    /// <remarks>Where it breaks off while it is read, the stream throws a <see cref="KubeStreamException"/>.</remarks>
    public async Task<Stream> OpenLogAsync(string @namespace, string pod, LogOptions options, CancellationToken cancel)
    {
        var answer = await Connection.SendAsync(KubeRequest.Log(@namespace, pod, options), cancel).ConfigureAwait(false);
        return await AnswerStream.OpenAsync(answer, $"The log of pod {pod}", cancel).ConfigureAwait(false);
    }

    /// <summary>Sends a request of any path and returns the answer's body; anything but success is a <see cref="KubeOperationException"/>.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="pathAndQuery">Path and query below the server's address, escaped, starting with <c>/</c>.</param>
    /// <param name="body">The body, where there is one.</param>
    /// <param name="contentType">Its media type. Default <c>application/json</c>.</param>
    /// <param name="cancel">Ends it at any byte.</param>
    public async Task<ReadOnlyMemory<byte>> SendAsync(HttpMethod method, string pathAndQuery, ReadOnlyMemory<byte>? body, string? contentType, CancellationToken cancel)
    {
        if (!pathAndQuery.StartsWith('/')) throw new ArgumentException("The path starts with '/'.", nameof(pathAndQuery));
        var request = new KubeRequest(method, pathAndQuery) { Accept = "application/json, */*", Body = body, ContentType = body is null ? null : contentType ?? "application/json" };
        return await Connection.SendForBytesAsync(request, cancel).ConfigureAwait(false);
    }

    // Subresources such as scale answer with documents of other kinds.
    static KubeResource? WholeOf(KubeResource resource, WriteOptions options) => options.Subresource is null or "status" ? resource : null;

    Task<KubeObject> SendAsync(KubeRequest request, CancellationToken cancel) => SendAsync(null, request, cancel);

    async Task<KubeObject> SendAsync(KubeResource? resource, KubeRequest request, CancellationToken cancel)
    {
        var isPrinted = PrinterColumns && resource is not null;
        var body = await Connection.SendForBytesAsync(isPrinted ? Table.Ask(request, resource!) : request, cancel).ConfigureAwait(false);
        try
        {
            TableColumns? columns = null;
            return isPrinted && Table.Is(body) ? Table.ReadOne(body, resource!, Connection, ref columns) : KubeObject.Parse(body, Connection);
        }
        catch (FormatException e)
        {
            throw new KubeConnectionException(KubeConnectionFault.NotKubernetes, $"{KubeConnection.Show(Connection.Server)} is not a Kubernetes API: its answer is no object.", e);
        }
    }
}
