using System.Net;

namespace Kube.Server.Hosting;

/// <summary>What <c>kube-server agent</c> is to do.</summary>
sealed record AgentVerbOptions
{
    /// <summary>The kubeconfig whose current context is the cluster to join.</summary>
    public required string Kubeconfig { get; init; }

    /// <summary>The context; null: the current one.</summary>
    public string? Context { get; init; }

    /// <summary>The folder for the agent's files.</summary>
    public required string DataPath { get; init; }

    /// <summary>The address at which the API server reaches this agent.</summary>
    public IPAddress Bind { get; init; } = IPAddress.Loopback;

    /// <summary>The port there. 0: any.</summary>
    public int Port { get; init; }

    /// <summary>The CA of the certificates by which API servers show who they are; null: the cluster's own.</summary>
    public string? ClientCaFile { get; init; }

    public RuntimeChoice Runtime { get; init; } = RuntimeChoice.Docker;

    public required RuntimeOptions RuntimeOptions { get; init; }

    public string? LogFile { get; init; }
}
