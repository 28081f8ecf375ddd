namespace Kube.Server.Api;

/// <summary>What a URL under <c>/api</c> or <c>/apis</c> addresses.</summary>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Version">The version; empty where the URL stops before it.</param>
/// <param name="Resource">The resource; empty where the URL stops before it.</param>
sealed record ApiPath(string Group, string Version, string Namespace, string Resource, string Name, string Subresource)
{
    /// <summary>Whether it asks for changes by its very form, <c>/api/v1/watch/…</c>, which clients older than <c>?watch=true</c> use.</summary>
    public bool Watches { get; private init; }

    /// <summary>Reads a path as Kubernetes' RequestInfo does; null when it can be no resource's.</summary>
    /// <param name="path">The path, already unescaped.</param>
    public static ApiPath? Parse(string path)
    {
        var parts = Split(path);
        if (parts.Contains(""))
            return null;
        return parts switch
        {
            ["api"] => new ApiPath("", "", "", "", "", ""),
            ["api", var version, "watch", _, ..] => ParseResource("", version, parts[3..]) is { } watched ? watched with { Watches = true } : null,
            ["apis", var group, var version, "watch", _, ..] => ParseResource(group, version, parts[4..]) is { } watched ? watched with { Watches = true } : null,
            ["api", var version, .. var rest] => ParseResource("", version, rest),
            ["apis", var group, var version, .. var rest] => ParseResource(group, version, rest),
            ["apis", var group] => new ApiPath(group, "", "", "", "", ""),
            ["apis"] => new ApiPath("", "", "", "", "", ""),
            _ => null,
        };
    }

    /// <summary>The parts of a path, already unescaped, as everything here tells paths apart; a slash at its end counts for nothing.</summary>
    public static string[] Split(string? path) => (path ?? "").Split('/') switch
    {
        ["", .. var parts, ""] => parts,
        ["", .. var parts] => parts,
        var parts => parts,
    };

    // A namespace's own subresources look like resources within it.
    static ApiPath? ParseResource(string group, string version, string[] parts) => parts switch
    {
        [] => new ApiPath(group, version, "", "", "", ""),
        ["namespaces", var name, "status" or "finalize"] when group.Length == 0 => new ApiPath(group, version, "", "namespaces", name, parts[2]),
        ["namespaces", var ns, var resource, .. var rest] => ParseObject(group, version, ns, resource, rest),
        [var resource, .. var rest] => ParseObject(group, version, "", resource, rest),
    };

    static ApiPath? ParseObject(string group, string version, string ns, string resource, string[] parts) => parts switch
    {
        [] => new ApiPath(group, version, ns, resource, "", ""),
        [var name] => new ApiPath(group, version, ns, resource, name, ""),
        [var name, var subresource] => new ApiPath(group, version, ns, resource, name, subresource),
        _ => null,
    };
}
