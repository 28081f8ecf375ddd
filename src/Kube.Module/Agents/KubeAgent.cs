namespace Kube;

/// <summary>Whether an agent runs.</summary>
public enum KubeAgentState
{
    /// <summary>Its node is registered, and its pods are looked after.</summary>
    Running,
    /// <summary>It has no process; the containers of its pods may run on.</summary>
    Stopped,
}

/// <summary>An agent on this machine: a container engine as a node of a cluster.</summary>
/// <param name="Name">Its name, and that of its node.</param>
/// <param name="State">Whether it runs.</param>
/// <param name="DataPath">The folder with its files, its pods' volumes and its log.</param>
public sealed record KubeAgent(string Name, KubeAgentState State, string DataPath)
{
    /// <summary>The context of the cluster.</summary>
    public string? Cluster { get; init; }

    /// <summary>The address of the cluster, while it runs.</summary>
    public Uri? ClusterServer { get; init; }

    /// <summary>What runs its containers: <c>Docker</c> or <c>Simulated</c>.</summary>
    public string? Runtime { get; init; }

    /// <summary>Where the API server asks it for logs and commands, while it runs.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>The version of its program.</summary>
    public string? Version { get; init; }

    /// <summary>Its process.</summary>
    public int? ProcessId { get; init; }

    /// <summary>When it was started.</summary>
    public DateTime? StartedAt { get; init; }

    /// <summary>Its log.</summary>
    public required string LogPath { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
