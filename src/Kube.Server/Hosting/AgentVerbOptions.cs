using System.Net;
using Kube.Agent;

namespace Kube.Server.Hosting;

/// <summary>What <c>kube-server agent</c> is to do.</summary>
sealed record AgentVerbOptions
{
    /// <summary>The kubeconfigs, merged, that tell the cluster to join.</summary>
    public required IReadOnlyList<string> Kubeconfigs { get; init; }

    /// <summary>The context; null: the current one.</summary>
    public string? Context { get; init; }

    /// <summary>The folder for the agent's files.</summary>
    public required string DataPath { get; init; }

    /// <summary>The address at which the API server reaches this agent; null: the one from which this machine reaches the API server.</summary>
    public IPAddress? Bind { get; init; }

    /// <summary>The port there. 0: the one of last time where it is free, else any.</summary>
    public int Port { get; init; }

    /// <summary>The certificate by which the endpoint shows who it is, in PEM; null: one that it signs itself.</summary>
    public string? TlsCertFile { get; init; }

    /// <summary>Its private key, in PEM.</summary>
    public string? TlsPrivateKeyFile { get; init; }

    /// <summary>Labels that the node gets.</summary>
    public IReadOnlyDictionary<string, string> NodeLabels { get; init; } = new Dictionary<string, string>();

    /// <summary>What keeps pods off the node from the moment that it is registered anew.</summary>
    public IReadOnlyList<NodeTaint> Taints { get; init; } = [];

    /// <summary>The CA of the certificates by which API servers show who they are; null: the cluster's own.</summary>
    public string? ClientCaFile { get; init; }

    public RuntimeChoice Runtime { get; init; } = RuntimeChoice.Docker;

    public required RuntimeOptions RuntimeOptions { get; init; }

    /// <summary>Where the log goes; null: standard error.</summary>
    public string? LogFile { get; init; }

    /// <summary>Remove this agent's containers from its engine, and end. The cluster is not asked.</summary>
    public bool RemoveContainers { get; init; }

    /// <summary>Start in a session of its own and return once the node is registered.</summary>
    public bool Background { get; init; }

    /// <summary>Set in the process that was started so: where it tells its starter how the start went.</summary>
    public string? StartReport { get; init; }

    /// <summary>Where the agent tells how it runs, for as long as it runs.</summary>
    public string StatusFile => Path.Combine(DataPath, "agent.status.json");
}
