namespace Kube.Config;

/// <summary>A context of a kubeconfig: which cluster, as whom, in which namespace.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Cluster">The name of its cluster.</param>
/// <param name="User">The name of its user; null: nobody in particular.</param>
/// <param name="Namespace">The namespace that is meant when none is named; null: <c>default</c>.</param>
/// <param name="Path">The file that it is in; null for text.</param>
public sealed record KubeConfigContext(string Name, string? Cluster, string? User, string? Namespace, string? Path);

/// <summary>A cluster of a kubeconfig, as it is written there.</summary>
sealed record KubeConfigCluster(string Name, string? Path)
{
    public string? Server { get; init; }

    public string? TlsServerName { get; init; }

    public bool InsecureSkipTlsVerify { get; init; }

    public string? CertificateAuthority { get; init; }

    public string? CertificateAuthorityData { get; init; }

    public bool DisableCompression { get; init; }

    /// <summary>What stands there and is not supported.</summary>
    public IReadOnlyList<string> Refused { get; init; } = [];
}

/// <summary>A user of a kubeconfig, as it is written there. Its text form shows no secret.</summary>
sealed record KubeConfigUser(string Name, string? Path)
{
    public string? ClientCertificate { get; init; }

    public string? ClientCertificateData { get; init; }

    public string? ClientKey { get; init; }

    public string? ClientKeyData { get; init; }

    public string? Token { get; init; }

    public string? TokenFile { get; init; }

    public string? UserName { get; init; }

    public string? Password { get; init; }

    /// <summary>What stands there and is not supported.</summary>
    public IReadOnlyList<string> Refused { get; init; } = [];

    public override string ToString() => Name;
}
