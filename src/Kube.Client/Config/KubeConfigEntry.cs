namespace Kube.Config;

/// <summary>What is written into a kubeconfig: a context with its cluster and its user, all under one name. Its text form shows no secret.</summary>
/// <param name="Name">The name of all three.</param>
/// <param name="Server">The API server's address.</param>
public sealed record KubeConfigEntry(string Name, Uri Server)
{
    /// <summary>The authority to trust, in PEM; null: the system's.</summary>
    public string? CertificateAuthorityPem { get; init; }

    /// <summary>The bearer token.</summary>
    public string? Token { get; init; }

    /// <summary>The client certificate, in PEM.</summary>
    public string? ClientCertificatePem { get; init; }

    /// <summary>Its private key, in PEM.</summary>
    public string? ClientKeyPem { get; init; }

    /// <summary>The namespace that is meant when none is named; null: <c>default</c>.</summary>
    public string? Namespace { get; init; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
