using System.Text.RegularExpressions;

namespace Kube.Server.Proxy;

/// <summary>Which requests are passed on. The defaults are kubectl's. Pure.</summary>
sealed partial record RequestRules
{
    public static readonly IReadOnlyList<Regex> LoopbackHosts = Patterns("^localhost$", @"^127\.0\.0\.1$", @"^\[::1\]$");

    /// <summary>A path has to match one of these.</summary>
    public IReadOnlyList<Regex> AcceptPaths { get; init; } = Patterns("^.*");

    /// <summary>A path that matches one of these is refused.</summary>
    public IReadOnlyList<Regex> RejectPaths { get; init; } = Patterns("^/api/.*/pods/.*/exec", "^/api/.*/pods/.*/attach");

    /// <summary>A method that matches one of these is refused.</summary>
    public IReadOnlyList<Regex> RejectMethods { get; init; } = Patterns("^$");

    /// <summary>The name by which the client calls the proxy, without the port, has to match one of these.</summary>
    public IReadOnlyList<Regex> AcceptHosts { get; init; } = LoopbackHosts;

    /// <summary>Pass on what changes nothing alone.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Pass on whom clients want to act as.</summary>
    public bool AllowImpersonation { get; init; }

    /// <summary>A search that takes time in proportion to the text; "." is any character.</summary>
    /// <exception cref="ArgumentException">It is no regular expression.</exception>
    /// <exception cref="NotSupportedException">It needs more than such a search.</exception>
    public static Regex Pattern(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline);

    /// <returns>Why it is refused; null: it is not.</returns>
    public string? Refuse(ProxiedRequest request)
    {
        if (Any(RejectPaths, request.Path)) return "the proxy rejects the path";
        if (Any(RejectMethods, request.Method)) return "the proxy rejects the method";
        if (!Any(AcceptPaths, request.Path)) return "the proxy does not accept the path";
        if (!Any(AcceptHosts, request.Host.ToLowerInvariant())) return $"the proxy does not accept the host \"{request.Host}\"";
        if (request.Impersonates && !AllowImpersonation) return "the proxy does not let its clients act as others";
        return IsReadOnly ? RefuseChange(request) : null;
    }

    static string? RefuseChange(ProxiedRequest request)
    {
        if (request.Method is not ("GET" or "HEAD" or "OPTIONS")) return $"the proxy is read-only and does not pass {request.Method} on";
        // What stands behind these does as it likes with a GET.
        if (Streams().IsMatch(request.Path)) return "the proxy is read-only and opens no way into pods, services and nodes";
        return request is { IsUpgrade: true, IsWatch: false } ? "the proxy is read-only and opens no streams but watches" : null;
    }

    static bool Any(IReadOnlyList<Regex> patterns, string text) => patterns.Any(pattern => pattern.IsMatch(text));

    static Regex[] Patterns(params string[] patterns) => [.. patterns.Select(Pattern)];

    [GeneratedRegex(@"/(pods|services|nodes)/+[^/]+/+(exec|attach|portforward|proxy)(/|\z)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Streams();
}

/// <summary>What the rules look at.</summary>
/// <param name="Method">The method; of a WebSocket over HTTP/2, GET.</param>
/// <param name="Path">The path, decoded once.</param>
/// <param name="Host">The name by which the client calls the proxy, without the port.</param>
sealed record ProxiedRequest(string Method, string Path, string Host)
{
    /// <summary>Whether it asks for a connection of another protocol.</summary>
    public bool IsUpgrade { get; init; }

    public bool IsWatch { get; init; }

    /// <summary>Whether it asks to act as somebody.</summary>
    public bool Impersonates { get; init; }
}
