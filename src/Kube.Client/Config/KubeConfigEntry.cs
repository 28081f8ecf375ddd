using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kube.Config;

/// <summary>What is written into a kubeconfig: a context with its cluster and its user, all under one name. Its text form shows no secret.</summary>
/// <param name="Name">The name of all three.</param>
/// <param name="Server">The API server's address.</param>
public sealed record KubeConfigEntry(string Name, Uri Server)
{
    /// <summary>The authority to trust, in PEM; null: the system's.</summary>
    public string? CertificateAuthorityPem { get; init; }

    /// <summary>The host name to expect in the server's certificate, where it is not the address's.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>Trust any certificate.</summary>
    public bool InsecureSkipTlsVerify { get; init; }

    /// <summary>The proxy on the way to the server, with the user and password that it wants; null: the environment's.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>The bearer token.</summary>
    public string? Token { get; init; }

    /// <summary>A file with the bearer token, read again as it is renewed. It wins over <see cref="Token"/>.</summary>
    public string? TokenFile { get; init; }

    /// <summary>The user name for basic authentication.</summary>
    public string? UserName { get; init; }

    /// <summary>The password that goes with it.</summary>
    public string? Password { get; init; }

    /// <summary>The client certificate, in PEM, with those that lead from it to an authority.</summary>
    public string? ClientCertificatePem { get; init; }

    /// <summary>Its private key, in PEM.</summary>
    public string? ClientKeyPem { get; init; }

    /// <summary>Whom to act as, where it is not the one who asks.</summary>
    public KubeImpersonation? Impersonate { get; init; }

    /// <summary>The namespace that is meant when none is named; null: <c>default</c>.</summary>
    public string? Namespace { get; init; }

    /// <summary>What to write down so that the connection can be made again.</summary>
    /// <param name="options">The connection's. What a plugin or an identity provider gives is not in it.</param>
    /// <exception cref="KubeConfigException">The key of the client certificate does not leave the place where it is kept.</exception>
    public static KubeConfigEntry Of(KubeConnectionOptions options) => new(options.Name, options.Server)
    {
        CertificateAuthorityPem = options.CertificateAuthority is { } authorities ? Pem(authorities) : null,
        TlsServerName = options.TlsServerName,
        InsecureSkipTlsVerify = options.InsecureSkipTlsVerify,
        Proxy = options.Proxy,
        Token = options.Token,
        TokenFile = options.TokenFile is { } file ? Path.GetFullPath(file) : null,
        UserName = options.UserName,
        Password = options.Password,
        ClientCertificatePem = options.ClientCertificate is { } certificate ? Pem([certificate, .. options.ClientCertificateChain ?? []]) : null,
        ClientKeyPem = options.ClientCertificate is { } owner ? Key(owner) : null,
        Impersonate = options.Impersonate,
        Namespace = options.Namespace,
    };

    static string Pem(IEnumerable<X509Certificate2> certificates) => string.Concat(certificates.Select(c => c.ExportCertificatePem() + "\n"));

    static string Key(X509Certificate2 certificate)
    {
        using AsymmetricAlgorithm? key = (AsymmetricAlgorithm?)certificate.GetRSAPrivateKey() ?? certificate.GetECDsaPrivateKey();
        try
        {
            return key is null ? throw new KubeConfigException($"The client certificate of '{certificate.Subject}' has no RSA or EC key with it.") : key.ExportPkcs8PrivateKeyPem() + "\n";
        }
        catch (CryptographicException e)
        {
            throw new KubeConfigException($"The key of the client certificate of '{certificate.Subject}' cannot be written down: it does not leave the place where it is kept.", null, e);
        }
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
