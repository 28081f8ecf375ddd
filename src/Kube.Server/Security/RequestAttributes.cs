namespace Kube.Server.Security;

/// <summary>What a request wants, as authorization sees it: a verb on a resource, or on a path that is none.</summary>
/// <remarks>https://kubernetes.io/docs/reference/access-authn-authz/authorization/#determine-the-request-verb</remarks>
sealed record RequestAttributes(string Verb, string Path)
{
    public bool IsResource { get; init; }

    public string Group { get; init; } = "";

    public string Version { get; init; } = "";

    public string? Namespace { get; init; }

    public string Resource { get; init; } = "";

    public string? Subresource { get; init; }

    public string? Name { get; init; }

    public static RequestAttributes Read(string method, string path, bool watch)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        // Old clients' watches; what is named there is watched, too.
        var watches = parts is ["api", _, "watch", _, ..] or ["apis", _, _, "watch", _, ..];
        if (watches) parts = parts[0] == "api" ? [.. parts[..2], .. parts[3..]] : [.. parts[..3], .. parts[4..]];
        // /api/v1/… and /apis/group/version/…; what is shorter is discovery.
        var start = parts switch { ["api", _, ..] => 2, ["apis", _, _, ..] => 3, _ => int.MaxValue };
        if (parts.Length <= start) return new RequestAttributes(method.ToLowerInvariant(), path);
        var (group, version) = start == 2 ? ("", parts[1]) : (parts[1], parts[2]);
        var rest = parts.AsSpan(start);
        string? @namespace = null;
        if (rest is ["namespaces", var within, ..])
        {
            @namespace = within;
            // A third part is a resource in the namespace, or one of the namespace's own subresources.
            if (rest.Length > 2 && rest[2] is not ("status" or "finalize")) rest = rest[2..];
        }
        var name = rest.Length > 1 ? rest[1] : null;
        return new RequestAttributes(watches ? "watch" : VerbOf(method, name, watch), path)
        {
            IsResource = true,
            Group = group,
            Version = version,
            Namespace = @namespace,
            Resource = rest[0],
            Name = name,
            Subresource = rest.Length > 2 ? rest[2] : null,
        };
    }

    static string VerbOf(string method, string? name, bool watch) => method switch
    {
        "GET" or "HEAD" => name is not null ? "get" : watch ? "watch" : "list",
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => name is null ? "deletecollection" : "delete",
        _ => method.ToLowerInvariant(),
    };
}
