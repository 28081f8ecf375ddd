namespace Kube.Agent;

/// <summary>What a node agent is told about its node and its surroundings.</summary>
public sealed record AgentOptions
{
    /// <summary>The node's name, as pods name it in <c>spec.nodeName</c>.</summary>
    public required string NodeName { get; init; }

    /// <summary>The agent's own folder: the pods' volumes and what it remembers of image pulls. It is created if need be.</summary>
    public required string DataPath { get; init; }

    /// <summary>The node's address, which pods of the node's network report as theirs. Default: the first address of the machine that is not loopback.</summary>
    public string? NodeAddress { get; init; }

    /// <summary>Where pods reach the API server: an IP address. Default: none, and pods get no <c>KUBERNETES_SERVICE_HOST</c>.</summary>
    public string? ApiServerAddress { get; init; }

    /// <summary>The port that goes with it. Default 443.</summary>
    public int ApiServerPort { get; init; } = 443;

    /// <summary>The folder in which Docker's <c>config.json</c> or <c>.dockercfg</c> is looked for first; null: Docker's own places alone.</summary>
    public string? DockerConfigPath { get; init; }

    /// <summary>The port on which the node's own endpoint (logs, descriptions) listens, told in the node's status; null: it is reached in-process.</summary>
    public int? EndpointPort { get; init; }

    /// <summary>How many pods the node takes. Default 110, as the kubelet.</summary>
    public int MaxPods { get; init; } = 110;

    /// <summary>Labels that the node gets beside its own.</summary>
    public IReadOnlyDictionary<string, string> NodeLabels { get; init; } = new Dictionary<string, string>();

    /// <summary>What keeps pods off the node from the moment that it is registered anew. Later they are the cluster's to change.</summary>
    public IReadOnlyList<NodeTaint> Taints { get; init; } = [];

    /// <summary>Annotations that the node gets, such as what its endpoint is known by.</summary>
    public IReadOnlyDictionary<string, string> NodeAnnotations { get; init; } = new Dictionary<string, string>();

    /// <summary>What tells this agent from all others, written into its node: a node of the same name that bears another's, or none, is left alone. Null: the name is this agent's alone.</summary>
    public string? AgentId { get; init; }

    /// <summary>Whether the node has a lease that is renewed with each report, as clusters with several nodes expect.</summary>
    public bool HasLease { get; init; }

    /// <summary>How often the node reports that it lives. Default 10 s.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often all containers are looked at, for what the engine's events missed. Default 10 s.</summary>
    public TimeSpan ResyncInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
