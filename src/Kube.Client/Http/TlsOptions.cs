using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Kube.Credentials;

namespace Kube.Http;

/// <summary>Which servers are trusted, and which certificate they are shown.</summary>
static class TlsOptions
{
    public static SslClientAuthenticationOptions For(KubeConnectionOptions options, Credential credential)
    {
        var tls = For(options.TlsServerName ?? options.Server.IdnHost, options.CertificateAuthority, options.InsecureSkipTlsVerify);
        if (credential.Certificate is { } client)
            tls.ClientCertificateContext = SslStreamCertificateContext.Create(new X509Certificate2(client), credential.Chain, offline: true);
        return tls;
    }

    /// <param name="expected">The host that the certificate must be for.</param>
    /// <param name="authorities">The authorities to trust; null: the system's.</param>
    /// <param name="insecure">Trust any certificate.</param>
    public static SslClientAuthenticationOptions For(string expected, X509Certificate2Collection? authorities, bool insecure)
    {
        // Copies: the pool may outlive the options that it was made from.
        X509Certificate2Collection? trusted = authorities is null ? null : [.. authorities.Select(c => X509CertificateLoader.LoadCertificate(c.RawData))];
        var tls = new SslClientAuthenticationOptions
        {
            TargetHost = expected,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            RemoteCertificateValidationCallback = insecure
                ? static (_, _, _, _) => true
                : (_, certificate, chain, errors) => ServerCertificate.Check(certificate, chain, errors, expected, trusted),
        };
        if (trusted is null) return tls;
        tls.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        tls.CertificateChainPolicy.CustomTrustStore.AddRange(trusted);
        return tls;
    }
}
