namespace Kube;

/// <summary>Whether a proxy runs.</summary>
public enum KubeProxyState
{
    /// <summary>It answers.</summary>
    Running,
    /// <summary>It has no process.</summary>
    Stopped,
}

/// <summary>A proxy on this machine in front of a cluster.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">Whether it runs.</param>
/// <param name="DataPath">The folder with its certificates, token and log.</param>
public sealed record KubeProxy(string Name, KubeProxyState State, string DataPath)
{
    /// <summary>The proxy's address, while it runs.</summary>
    public Uri? Server { get; init; }

    /// <summary>The context of the cluster behind it.</summary>
    public string? Cluster { get; init; }

    /// <summary>The address of the cluster behind it.</summary>
    public Uri? ClusterServer { get; init; }

    /// <summary>The version of its program.</summary>
    public string? Version { get; init; }

    /// <summary>Its process.</summary>
    public int? ProcessId { get; init; }

    /// <summary>When it was started.</summary>
    public DateTime? StartedAt { get; init; }

    /// <summary>A kubeconfig by which kubectl and others use it.</summary>
    public required string KubeConfigPath { get; init; }

    /// <summary>The certificate of the CA that signed its own, to trust in a browser.</summary>
    public string? CertificateAuthorityPath { get; init; }

    /// <summary>Its log.</summary>
    public required string LogPath { get; init; }

    /// <summary>The token that it wants of its clients; only where it was asked for.</summary>
    public string? Token { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
