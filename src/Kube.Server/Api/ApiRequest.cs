using Kube.Server.Kinds;
using Kube.Server.Storage;

namespace Kube.Server.Api;

/// <summary>A request for a resource, resolved: what is addressed, and in which form the client wants the answer.</summary>
sealed record ApiRequest(HttpContext Http, ApiServices Services, KindDefinition Kind, ApiPath Path)
{
    public ObjectStore Store => Services.Store;

    public ObjectKey Key => new(Path.Namespace, Path.Name);

    public IQueryCollection Query => Http.Request.Query;

    public CancellationToken Cancel => Http.RequestAborted;

    public DateTimeOffset Now => Services.Time.GetUtcNow();

    /// <summary>Whether changes are asked for. Of one object they are by the path alone: <c>?watch=true</c> counts for nothing there.</summary>
    public bool IsWatch => Path.Watches || (Path.Name.Length == 0 && Http.Request.Method == "GET" && ListQuery.IsWatch(Query));

    public bool DryRun { get; } = RequestOptions.ReadDryRun(Http.Request.Method, [.. Http.Request.Query["dryRun"].Select(v => v ?? "")]);

    /// <summary>The stored object that the URL names.</summary>
    /// <exception cref="StatusException">NotFound.</exception>
    public StoredObject Find() => Store.State.Find(Kind.Collection, Key) ?? throw Failures.NotFound(Kind, Path.Name);
}
