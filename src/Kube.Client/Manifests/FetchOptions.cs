using System.Net;

namespace Kube.Manifests;

/// <summary>As whom, and within which limits, a manifest is fetched from a URL.</summary>
public sealed record FetchOptions
{
    /// <summary>User name and password, sent to the URL's own origin alone (basic authentication). Default: the URL's user info, if it has any.</summary>
    public NetworkCredential? Credential { get; init; }

    /// <summary>A bearer token, sent to the URL's own origin alone.</summary>
    public string? Token { get; init; }

    /// <summary>More headers, sent to the URL's own origin alone.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>How long one connection may take. Default: 10 seconds.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long everything may take: connections, redirects, repetitions and the body. Default: 30 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How large the manifest may be in bytes, decompressed; at most what one array holds. Default: 10 MB (10,485,760).</summary>
    public long MaxBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>How often a request is made before a transport error or a 5xx answer is final; at least 1. Default: 3.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>How long to wait between two attempts. Default: one second.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many redirects are followed. Default: 10.</summary>
    public int MaxRedirects { get; init; } = 10;

    /// <summary>The limits alone: the rest is secret.</summary>
    public override string ToString() => $"FetchOptions {{ Timeout = {Timeout}, MaxBytes = {MaxBytes}, Attempts = {Attempts}, MaxRedirects = {MaxRedirects} }}";
}
