using System.Security.Cryptography.X509Certificates;

namespace Kube.Credentials;

/// <summary>An OpenID Connect login of a kubeconfig's user (<c>auth-provider: oidc</c>). Its text form shows no secret.</summary>
/// <param name="User">The user's name.</param>
/// <param name="Path">The kubeconfig that it stands in, to which renewed tokens go; null: they are kept in memory.</param>
/// <param name="Issuer">The issuer's address.</param>
/// <param name="ClientId">The client that the tokens are for.</param>
sealed record OidcProvider(string User, string? Path, Uri Issuer, string ClientId)
{
    public string? ClientSecret { get; init; }

    public string? IdToken { get; init; }

    public string? RefreshToken { get; init; }

    /// <summary>The authorities to trust instead of the system's.</summary>
    public X509Certificate2Collection? CertificateAuthority { get; init; }

    /// <summary>The login, for messages.</summary>
    public string Title => $"OIDC login of the user '{User}' at {KubeConnection.Show(Issuer)}";

    public override string ToString() => Title;
}
