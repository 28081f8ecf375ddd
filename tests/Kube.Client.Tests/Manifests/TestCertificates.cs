using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kube.Tests.Manifests;

/// <summary>An authority of the tests' own, and what it signs.</summary>
sealed class TestCertificates
{
    readonly X509Certificate2 _authority;

    public TestCertificates()
    {
        var request = new CertificateRequest("CN=Kube test authority", ECDsa.Create(ECCurve.NamedCurves.nistP256), HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-2), DateTimeOffset.UtcNow.AddYears(1));
    }

    /// <summary>Trusts this authority alone.</summary>
    public SslClientAuthenticationOptions Trust => new()
    {
        CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { _authority },
            RevocationMode = X509RevocationMode.NoCheck,
        },
    };

    public X509Certificate2 For(IPAddress? address = null, bool expired = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=server", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(address ?? IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var end = expired ? DateTimeOffset.UtcNow.AddDays(-1) : DateTimeOffset.UtcNow.AddDays(1);
        using var certificate = request.Create(_authority, DateTimeOffset.UtcNow.AddYears(-1), end, RandomNumberGenerator.GetBytes(8)).CopyWithPrivateKey(key);
        // SChannel wants a key that it can find again.
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}
