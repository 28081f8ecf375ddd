using Kube.Server.Api;

namespace Kube.Server.Security;

/// <summary>Another in whose name somebody asks, as the headers <c>Impersonate-…</c> say. Pure.</summary>
/// <param name="User">The other.</param>
/// <param name="Needed">What the asker must be allowed for it: to impersonate the name, each group, the uid and each extra.</param>
/// <remarks>https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation</remarks>
sealed record Impersonation(RequestUser User, IReadOnlyList<RequestAttributes> Needed)
{
    const string ServiceAccount = "system:serviceaccount:";
    const string ExtraHeader = "Impersonate-Extra-";

    /// <summary>Null: in nobody else's name.</summary>
    /// <exception cref="StatusException">BadRequest: groups, a uid or extras of nobody.</exception>
    public static Impersonation? Read(IHeaderDictionary headers)
    {
        var name = headers["Impersonate-User"].ToString();
        var uid = headers["Impersonate-Uid"].ToString();
        string[] groups = [.. headers["Impersonate-Group"].OfType<string>()];
        var extra = headers.Where(h => h.Key.StartsWith(ExtraHeader, StringComparison.OrdinalIgnoreCase)).ToDictionary(
            h => Uri.UnescapeDataString(h.Key[ExtraHeader.Length..].ToLowerInvariant()), h => (IReadOnlyList<string>)[.. h.Value.OfType<string>()]);
        if (name.Length == 0)
        {
            return uid.Length == 0 && groups.Length == 0 && extra.Count == 0 ? null
                : throw Failures.BadRequest("a group, uid or extra is to be impersonated, and no user: Impersonate-User is missing");
        }

        List<RequestAttributes> needed = [OfUser(name), .. groups.Select(g => Of("groups", g))];
        if (uid.Length > 0) needed.Add(Of("uids", uid) with { Group = "authentication.k8s.io" });
        foreach (var (key, values) in extra)
            needed.AddRange(values.Select(v => Of("userextras", v) with { Group = "authentication.k8s.io", Subresource = key }));
        if (name == RequestUser.Anonymous.Name) return new Impersonation(RequestUser.Anonymous, needed);
        return new Impersonation(new RequestUser(name, Groups(name, groups)) { Uid = uid.Length > 0 ? uid : null, Extra = extra }, needed);
    }

    // Whoever has a name is authenticated; a service account is in its groups unless others are given.
    static IReadOnlyList<string> Groups(string name, string[] given)
    {
        IEnumerable<string> own = given.Length == 0 && ServiceAccountOf(name) is var (@namespace, _)
            ? [RequestUser.ServiceAccounts, RequestUser.ServiceAccounts + ":" + @namespace]
            : given;
        return [.. own.Append(RequestUser.Authenticated).Distinct()];
    }

    static RequestAttributes OfUser(string name) => ServiceAccountOf(name) is var (@namespace, account)
        ? Of("serviceaccounts", account) with { Namespace = @namespace }
        : Of("users", name);

    static RequestAttributes Of(string resource, string name) => new("impersonate", "") { IsResource = true, Resource = resource, Name = name };

    static (string Namespace, string Name)? ServiceAccountOf(string name) =>
        name.StartsWith(ServiceAccount, StringComparison.Ordinal) && name[ServiceAccount.Length..].Split(':') is [var @namespace, var account] ? (@namespace, account) : null;
}
