using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kube.Tests.Http;

/// <summary>A certificate authority of a test's own.</summary>
sealed class TestAuthority : IDisposable
{
    readonly X509Certificate2? _issuer;

    public TestAuthority(string name = "kube test authority", TestAuthority? issuer = null)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var (from, to) = (DateTimeOffset.UtcNow.AddDays(-30), DateTimeOffset.UtcNow.AddDays(30));
        _issuer = issuer?.Certificate;
        Certificate = _issuer is null
            ? request.CreateSelfSigned(from, to)
            : request.Create(_issuer, from.AddDays(1), to.AddDays(-1), RandomNumberGenerator.GetBytes(8)).CopyWithPrivateKey(key);
    }

    public X509Certificate2 Certificate { get; }

    public X509Certificate2Collection Collection => [X509CertificateLoader.LoadCertificate(Certificate.RawData)];

    public string Pem => Certificate.ExportCertificatePem();

    /// <summary>A server's certificate for names and addresses; by default valid now.</summary>
    public X509Certificate2 Server(string[] names, TimeSpan? starts = null, TimeSpan? ends = null, string subject = "server") =>
        Issue($"CN={subject}", names, "1.3.6.1.5.5.7.3.1", starts, ends);

    /// <summary>A client's certificate.</summary>
    public X509Certificate2 Client(string user, TimeSpan? ends = null, RSA? rsa = null) => Issue($"CN={user}", [], "1.3.6.1.5.5.7.3.2", null, ends, rsa);

    X509Certificate2 Issue(string subject, string[] names, string usage, TimeSpan? starts, TimeSpan? ends, RSA? rsa = null)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = rsa is null ? new CertificateRequest(subject, key, HashAlgorithmName.SHA256)
            : new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        if (names.Length > 0)
        {
            var alternative = new SubjectAlternativeNameBuilder();
            foreach (var name in names)
            {
                if (IPAddress.TryParse(name, out var address)) alternative.AddIpAddress(address);
                else alternative.AddDnsName(name);
            }
            request.CertificateExtensions.Add(alternative.Build());
        }
        var now = DateTimeOffset.UtcNow;
        var generator = X509SignatureGenerator.CreateForECDsa(Certificate.GetECDsaPrivateKey()!);
        using var bare = request.Create(Certificate.SubjectName, generator, now + (starts ?? TimeSpan.FromDays(-10)), now + (ends ?? TimeSpan.FromDays(10)), RandomNumberGenerator.GetBytes(8));
        return rsa is null ? bare.CopyWithPrivateKey(key) : bare.CopyWithPrivateKey(rsa);
    }

    public void Dispose() => Certificate.Dispose();
}
