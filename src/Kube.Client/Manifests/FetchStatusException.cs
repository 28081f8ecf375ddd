using System.Net;

namespace Kube.Manifests;

/// <summary>An answer that is no success. It stays inside the fetcher, which decides whether to ask again.</summary>
sealed class FetchStatusException(HttpStatusCode status, FetchRoute route) : Exception($"status {(int)status}")
{
    public HttpStatusCode Status { get; } = status;

    public FetchRoute Route { get; } = route;
}
