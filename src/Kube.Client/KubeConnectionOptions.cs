using System.Security.Cryptography.X509Certificates;

namespace Kube;

/// <summary>All that is needed to talk to a cluster. Its text form shows no secret.</summary>
public sealed record KubeConnectionOptions
{
    /// <summary>The API server's address. It may have a path, under which the API then lies.</summary>
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

    /// <summary>A file with a bearer token, read again as it is renewed. It wins over <see cref="Token"/>.</summary>
    public string? TokenFile { get; init; }

    /// <summary>A user name for basic authentication.</summary>
    public string? UserName { get; init; }

    /// <summary>The password that goes with it.</summary>
    public string? Password { get; init; }

    /// <summary>A client certificate with its private key.</summary>
    public X509Certificate2? ClientCertificate { get; init; }

    /// <summary>The certificates that lead from <see cref="ClientCertificate"/> to an authority that the server knows, where it needs them.</summary>
    public X509Certificate2Collection? ClientCertificateChain { get; init; }

    /// <summary>Ask for answers that are not compressed, where the network is faster than the compression.</summary>
    public bool DisableCompression { get; init; }

    /// <summary>How long a connection may take to be made. Default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an answer may take to begin. Default 70 s: API servers end a request themselves after 60.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(70);

    /// <summary>Name and address, and nothing that is secret.</summary>
    public override string ToString() => $"{Name} ({KubeConnection.Show(Server)})";
}
