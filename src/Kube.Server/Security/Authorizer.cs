namespace Kube.Server.Security;

/// <summary>Who may do what. Pure.</summary>
sealed class Authorizer(ServiceAccountAccess serviceAccounts)
{
    // Kubernetes' roles system:public-info-viewer, system:discovery and system:basic-user.
    static readonly string[] Public = ["/healthz", "/livez", "/readyz", "/version", "/version/"];
    static readonly string[] Discovery = ["/api", "/apis", "/openapi"];

    public bool Allows(RequestUser user, RequestAttributes request)
    {
        if (IsPublic(request)) return true;
        if (ReferenceEquals(user, RequestUser.Anonymous)) return false;
        if (user.Groups.Contains(RequestUser.Administrators)) return true;
        if (!user.IsServiceAccount || serviceAccounts == ServiceAccountAccess.All) return true;
        return IsSelfQuestion(request) || !request.IsResource && request.Verb is "get" or "head" && IsUnder(Discovery, request.Path);
    }

    /// <summary>Kubernetes' sentence for a refusal.</summary>
    public static string Refusal(RequestUser user, RequestAttributes request)
    {
        if (!request.IsResource) return $"forbidden: User \"{user.Name}\" cannot {request.Verb} path \"{request.Path}\"";
        var resource = request.Subresource is null ? request.Resource : request.Resource + "/" + request.Subresource;
        var about = request.Group.Length == 0 ? request.Resource : request.Resource + "." + request.Group;
        var name = request.Name is null ? "" : $" \"{request.Name}\"";
        var where = request.Namespace is null ? " at the cluster scope" : $" in the namespace \"{request.Namespace}\"";
        return $"{about}{name} is forbidden: User \"{user.Name}\" cannot {request.Verb} resource \"{resource}\" in API group \"{request.Group}\"{where}";
    }

    static bool IsPublic(RequestAttributes request) => !request.IsResource && request.Verb is "get" or "head" && IsUnder(Public, request.Path);

    static bool IsUnder(string[] roots, string path) =>
        Array.Exists(roots, root => path == root || path.StartsWith(root + "/", StringComparison.Ordinal));

    static bool IsSelfQuestion(RequestAttributes request) =>
        request is { IsResource: true, Verb: "create" }
            and ({ Group: "authorization.k8s.io", Resource: "selfsubjectaccessreviews" } or { Group: "authentication.k8s.io", Resource: "selfsubjectreviews" });
}
