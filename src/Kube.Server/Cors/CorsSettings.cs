namespace Kube.Server.Cors;

/// <summary>Which pages of other origins may read the API. With no origins CORS is off.</summary>
sealed record CorsSettings
{
    /// <summary>Regular expressions that are searched for in the origin, <c>scheme://host[:port]</c>.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    public IReadOnlyList<string> Methods { get; init; } = ["POST", "GET", "OPTIONS", "PUT", "DELETE", "PATCH"];

    public IReadOnlyList<string> Headers { get; init; } =
        ["Content-Type", "Content-Length", "Accept-Encoding", "X-CSRF-Token", "Authorization", "X-Requested-With", "If-Modified-Since"];

    /// <summary>Whether pages may send cookies and client certificates.</summary>
    public bool AllowCredentials { get; init; }
}
