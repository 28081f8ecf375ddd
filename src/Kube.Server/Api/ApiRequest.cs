using Kube.Server.Kinds;
using Kube.Server.Storage;

namespace Kube.Server.Api;

/// <summary>A request for a resource, resolved: what is addressed, and in which form the client wants the answer.</summary>
internal sealed record ApiRequest(HttpContext Http, ApiServices Services, KindDefinition Kind, ApiPath Path)
{
    public ObjectStore Store => Services.Store;

    public ObjectKey Key => new(Path.Namespace, Path.Name);

    public IQueryCollection Query => Http.Request.Query;

    public CancellationToken Cancel => Http.RequestAborted;

    public DateTimeOffset Now => Services.Time.GetUtcNow();

    public bool DryRun { get; } = ReadDryRun(Http.Request.Query);

    /// <summary>The stored object that the URL names.</summary>
    /// <exception cref="StatusException">NotFound.</exception>
    public StoredObject Find() => Store.State.Find(Kind.Collection, Key) ?? throw Failures.NotFound(Kind, Path.Name);

    private static bool ReadDryRun(IQueryCollection query)
    {
        var values = query["dryRun"];
        if (values.Count == 0)
            return false;
        if (values.Any(v => v != "All"))
            throw Failures.BadRequest($"dryRun: Unsupported value: \"{values.First(v => v != "All")}\": supported values: \"All\"");
        return true;
    }
}
