using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kube.Server.Security;

/// <summary>
/// A cluster's certificates: its CA, the one it serves with, and the one by which the API server shows nodes who it is.
/// The CA's key is gone once it has signed the two, so nothing on the disk can sign a third.
/// </summary>
sealed record ClusterCertificates(X509Certificate2 Authority, X509Certificate2 Server, X509Certificate2 NodeClient)
{
    // macOS trusts no serving certificate that is valid for more than 825 days, browsers none beyond 398.
    static readonly TimeSpan Validity = TimeSpan.FromDays(397);

    /// <summary>How long before their end certificates are made anew when the server starts.</summary>
    public static readonly TimeSpan RenewBefore = TimeSpan.FromDays(90);

    const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    public static ClusterCertificates Create(CertificateNames names, DateTimeOffset now)
    {
        // Clocks of clients, and of the virtual machine with the engine, may be a little behind.
        var (from, until) = (now - TimeSpan.FromMinutes(10), now + Validity);
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        // A name of its own, so that a browser that trusted an earlier CA of Kube does not take one for the other.
        var request = new CertificateRequest($"CN=Kube cluster CA {Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}", authorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using var authority = request.CreateSelfSigned(from, until);
        return new ClusterCertificates(
            X509CertificateLoader.LoadCertificate(authority.RawData),
            Sign(authority, "CN=kube-apiserver", ServerAuthentication, names, from, until),
            Sign(authority, "CN=kube-apiserver-kubelet-client, O=" + RequestUser.Administrators, ClientAuthentication, null, from, until));
    }

    /// <summary>Whether these can be used now and for a while for all these names.</summary>
    public bool Serves(CertificateNames names, DateTimeOffset now) =>
        new[] { Authority, Server, NodeClient }.All(c => c.NotBefore <= now && c.NotAfter >= now + RenewBefore)
        && NamesOf(Server).Covers(names)
        && IssuedBy(Server, Authority, ServerAuthentication, now) && IssuedBy(NodeClient, Authority, ClientAuthentication, now);

    /// <summary>Whether a certificate shows, to this CA, who a client is.</summary>
    public static bool IsClientOf(X509Certificate2 certificate, X509Certificate2 authority, DateTimeOffset now) =>
        IssuedBy(certificate, authority, ClientAuthentication, now);

    static bool IssuedBy(X509Certificate2 certificate, X509Certificate2 authority, string use, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(use));
        chain.ChainPolicy.VerificationTime = now.LocalDateTime;
        return chain.Build(certificate);
    }

    static CertificateNames NamesOf(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        return names is null ? new([], []) : new([.. names.EnumerateDnsNames()], [.. names.EnumerateIPAddresses()]);
    }

    static X509Certificate2 Sign(X509Certificate2 authority, string subject, string use, CertificateNames? names, DateTimeOffset from, DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        if (names is not null)
        {
            var alternatives = new SubjectAlternativeNameBuilder();
            foreach (var name in names.Dns) alternatives.AddDnsName(name);
            foreach (var address in names.Addresses) alternatives.AddIpAddress(address);
            request.CertificateExtensions.Add(alternatives.Build());
        }
        using var certificate = request.Create(authority, from, until, RandomNumberGenerator.GetBytes(16));
        return WithUsableKey(certificate.CopyWithPrivateKey(key));
    }

    /// <summary>Windows' TLS takes no key that lives in memory alone: there it goes through PKCS #12 once.</summary>
    public static X509Certificate2 WithUsableKey(X509Certificate2 certificate)
    {
        if (!OperatingSystem.IsWindows()) return certificate;
        using (certificate) return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
