using System.Security.Cryptography.X509Certificates;

namespace Kube;

/// <summary>All that is needed to talk to a cluster.</summary>
public sealed record KubeConnectionOptions
{
    /// <summary>The API server's address.</summary>
    public required Uri Server { get; init; }

    /// <summary>The name by which people know it.</summary>
    public required string Name { get; init; }

    /// <summary>The namespace that is meant when none is named. Default <c>default</c>.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>The CA certificates to trust instead of the system's.</summary>
    public X509Certificate2Collection? CertificateAuthority { get; init; }

    /// <summary>Trust any certificate.</summary>
    public bool InsecureSkipTlsVerify { get; init; }

    /// <summary>The host name to expect in the certificate, where it is not the address's.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>A bearer token.</summary>
    public string? Token { get; init; }

    /// <summary>A file with a bearer token, read again as it is renewed.</summary>
    public string? TokenFile { get; init; }

    /// <summary>A user name for basic authentication.</summary>
    public string? UserName { get; init; }

    /// <summary>The password that goes with it.</summary>
    public string? Password { get; init; }

    /// <summary>A client certificate with its private key.</summary>
    public X509Certificate2? ClientCertificate { get; init; }
}
