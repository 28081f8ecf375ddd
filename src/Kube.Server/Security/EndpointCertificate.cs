using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kube.Server.Security;

/// <summary>The certificate of a node's endpoint: signed by itself, known to the API server by its fingerprint in the node, new with each start.</summary>
static class EndpointCertificate
{
    static readonly TimeSpan Validity = TimeSpan.FromDays(397);

    public static X509Certificate2 Create(string node, IPAddress address, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=system:node:" + node, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(node);
        names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        return ClusterCertificates.WithUsableKey(request.CreateSelfSigned(now - TimeSpan.FromMinutes(10), now + Validity));
    }
}
