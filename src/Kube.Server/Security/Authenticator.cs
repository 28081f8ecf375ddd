using System.Security.Cryptography.X509Certificates;

namespace Kube.Server.Security;

/// <summary>Tells from a token or a client certificate who asks.</summary>
/// <param name="tokens">The tokens of the administrator, the controllers and the node.</param>
/// <param name="serviceAccounts">Reads service accounts' tokens.</param>
/// <param name="exists">Whether an object (resource, namespace, name, uid) exists: a token is good only as long as what it is bound to.</param>
/// <param name="clientAuthority">The CA of client certificates.</param>
/// <param name="time">The time.</param>
sealed class Authenticator(
    TokenList tokens, ServiceAccountTokens serviceAccounts, Func<string, string, BoundObject, bool> exists, X509Certificate2 clientAuthority, TimeProvider time)
{
    const string Scheme = "Bearer ";

    /// <returns>Null when credentials are offered that are not accepted.</returns>
    public RequestUser? Authenticate(string? authorization, X509Certificate2? certificate)
    {
        if (certificate is not null && ClusterCertificates.IsClientOf(certificate, clientAuthority, time.GetUtcNow())) return ClientCertificates.UserOf(certificate);
        if (!string.IsNullOrEmpty(authorization))
            return authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? Bearer(authorization[Scheme.Length..].Trim()) : null;
        return certificate is null ? RequestUser.Anonymous : null;
    }

    /// <summary>Whose a token is, and for which of the audiences it is good; null: nobody's here, or for others. Without audiences the API server itself is meant.</summary>
    public (RequestUser User, IReadOnlyList<string> Audiences)? Review(string token, IReadOnlyList<string> audiences)
    {
        IReadOnlyList<string> asked = audiences.Count > 0 ? audiences : [ServiceAccountTokens.Issuer];
        if (tokens.Find(token) is { } known) return Matching(known, [ServiceAccountTokens.Issuer]);
        return serviceAccounts.ReadAny(token, time.GetUtcNow()) is { } claims && UserOf(claims) is { } user ? Matching(user, claims.Audiences) : null;

        (RequestUser, IReadOnlyList<string>)? Matching(RequestUser user, IReadOnlyList<string> own) =>
            asked.Where(own.Contains).ToList() is { Count: > 0 } matching ? (user, matching) : null;
    }

    RequestUser? Bearer(string token) =>
        tokens.Find(token) ?? (serviceAccounts.Read(token, time.GetUtcNow()) is { } claims ? UserOf(claims) : null);

    RequestUser? UserOf(ServiceAccountClaims claims)
    {
        if (!exists("serviceaccounts", claims.Namespace, claims.ServiceAccount)) return null;
        if (claims.Pod is { } pod && !exists("pods", claims.Namespace, pod)) return null;
        if (claims.Secret is { } secret && !exists("secrets", claims.Namespace, secret)) return null;
        return claims.ToUser();
    }
}
