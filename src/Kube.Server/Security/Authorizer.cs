namespace Kube.Server.Security;

/// <summary>Who may do what. Pure.</summary>
sealed class Authorizer(ServiceAccountAccess serviceAccounts)
{
    // Kubernetes' roles system:public-info-viewer, system:discovery and system:basic-user.
    static readonly string[] Public = ["/healthz", "/livez", "/readyz", "/version", "/version/"];
    static readonly string[] Discovery = ["/api", "/apis", "/openapi"];
    static readonly (string Group, string Resource)[] SelfQuestions =
        [("authentication.k8s.io", "selfsubjectreviews"), ("authorization.k8s.io", "selfsubjectaccessreviews"), ("authorization.k8s.io", "selfsubjectrulesreviews")];

    public bool Allows(RequestUser user, RequestAttributes request)
    {
        if (IsPublic(request)) return true;
        if (ReferenceEquals(user, RequestUser.Anonymous)) return false;
        if (MayDoAll(user)) return true;
        return IsSelfQuestion(request) || !request.IsResource && request.Verb is "get" or "head" && IsUnder(Discovery, request.Path);
    }

    /// <summary>The same as rules: what may be done with resources, and with paths that are none. They are the same in every namespace.</summary>
    public (IReadOnlyList<AccessRule> Resources, IReadOnlyList<AccessRule> Paths) RulesOf(RequestUser user)
    {
        var all = new AccessRule(["*"], ["*"], ["*"]);
        var open = new AccessRule(["get"], [], [.. Public]);
        if (ReferenceEquals(user, RequestUser.Anonymous)) return ([], [open]);
        var questions = SelfQuestions.GroupBy(q => q.Group, q => q.Resource).Select(g => new AccessRule(["create"], [g.Key], [.. g]));
        var discovery = new AccessRule(["get"], [], [.. Discovery.SelectMany(root => (string[])[root, root + "/*"])]);
        return MayDoAll(user) ? ([all, .. questions], [all with { Groups = [] }, open, discovery]) : ([.. questions], [open, discovery]);
    }

    bool MayDoAll(RequestUser user) => user.Groups.Contains(RequestUser.Administrators) || !user.IsServiceAccount || serviceAccounts == ServiceAccountAccess.All;

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
        request is { IsResource: true, Verb: "create" } && Array.IndexOf(SelfQuestions, (request.Group, request.Resource)) >= 0;
}

/// <summary>What may be done.</summary>
/// <param name="Groups">The API groups; none for paths.</param>
/// <param name="Targets">Resources, or paths.</param>
sealed record AccessRule(IReadOnlyList<string> Verbs, IReadOnlyList<string> Groups, IReadOnlyList<string> Targets);
