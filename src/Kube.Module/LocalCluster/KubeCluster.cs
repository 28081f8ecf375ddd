namespace Kube;

/// <summary>Whether one of Kube's own clusters runs.</summary>
public enum KubeClusterState
{
    /// <summary>Its server answers, or is about to.</summary>
    Running,
    /// <summary>It has no process.</summary>
    Stopped,
}

/// <summary>One of Kube's own clusters on this machine.</summary>
/// <param name="Name">Its name, and that of its context.</param>
/// <param name="State">Whether it runs.</param>
/// <param name="DataPath">The folder that holds it.</param>
public sealed record KubeCluster(string Name, KubeClusterState State, string DataPath)
{
    /// <summary>The API server's address, while it runs.</summary>
    public Uri? Server { get; init; }

    /// <summary>What runs its containers: <c>Docker</c> or <c>Simulated</c>; <c>None</c> without an agent.</summary>
    public string? Runtime { get; init; }

    /// <summary>The name of its node.</summary>
    public string? Node { get; init; }

    /// <summary>The version of its server.</summary>
    public string? Version { get; init; }

    /// <summary>Its process.</summary>
    public int? ProcessId { get; init; }

    /// <summary>When it was started.</summary>
    public DateTime? StartedAt { get; init; }

    /// <summary>A kubeconfig for it alone, for kubectl and others.</summary>
    public required string KubeConfigPath { get; init; }

    /// <summary>The certificate of the CA that signed its server's, to trust in a browser.</summary>
    public string? CertificateAuthorityPath { get; init; }

    /// <summary>Its server's log.</summary>
    public required string LogPath { get; init; }

    /// <summary>The administrator's bearer token; only where it was asked for.</summary>
    public string? Token { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
