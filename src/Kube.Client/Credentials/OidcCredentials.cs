using System.Collections.Concurrent;
using Kube.Config;

namespace Kube.Credentials;

/// <summary>The id token of an OIDC login, renewed by its refresh token and written back to the kubeconfig as kubectl does.</summary>
sealed class OidcCredentials(OidcProvider provider, TimeProvider time) : RenewedCredentials(time)
{
    // client-go's: a token that ends while its request is on the way is as good as ended.
    static readonly TimeSpan Leeway = TimeSpan.FromSeconds(10);

    static readonly ConcurrentDictionary<string, OidcCredentials> Shared = new();

    OidcProvider _provider = provider;

    public static OidcCredentials Of(OidcProvider provider) => Shared.GetOrAdd(KeyOf(provider), _ => new OidcCredentials(provider, TimeProvider.System));

    public override string Key { get; } = KeyOf(provider);

    protected override async Task<(Credential Credential, DateTimeOffset? Expires)> FetchAsync(bool refused, bool mayPrompt, CancellationToken cancel)
    {
        var before = _provider;
        // Another process may have renewed it, and most issuers take a refresh token but once.
        var known = before.Path is { } path && KubeConfig.Load(path).OidcTokens(before.User) is { } inFile
            ? before with { IdToken = inFile.IdToken, RefreshToken = inFile.RefreshToken } : before;
        if (known.IdToken is { } token && IsGood(token) && !(refused && token == before.IdToken)) return Keep(known, token);
        if (known.RefreshToken is not { } refreshToken)
            throw new KubeConnectionException(KubeConnectionFault.Credentials, $"The {known.Title} is over, and there is no refresh-token to renew it with; log in again.");
        var (idToken, next) = await OidcClient.RefreshAsync(known, refreshToken, cancel).ConfigureAwait(false);
        var renewed = known with { IdToken = idToken, RefreshToken = next };
        _provider = renewed;
        if (renewed.Path is { } file) KubeConfigFile.SetOidcTokens(file, renewed.User, idToken, next);
        return Keep(renewed, idToken);
    }

    (Credential Credential, DateTimeOffset? Expires) Keep(OidcProvider provider, string token)
    {
        _provider = provider;
        return (new Credential { Authorization = BearerToken.Header(token, $"The id-token of the {provider.Title}") }, IdToken.Expiry(token) - Leeway);
    }

    bool IsGood(string token) => IdToken.Expiry(token) is { } expires && Time.GetUtcNow() < expires - Leeway;

    static string KeyOf(OidcProvider provider) => string.Join('|', "oidc", provider.Issuer.AbsoluteUri, provider.ClientId, provider.Path ?? Guid.NewGuid().ToString(), provider.User);
}
