namespace Kube.Agent.Runtime.Docker;

/// <summary>How the agent uses a Docker Engine.</summary>
public sealed record DockerRuntimeOptions
{
    /// <summary>
    /// Which cluster and node the containers belong to, for example <c>CLUSTER-ID/NODE</c>: stable over restarts, different for every agent that may
    /// share the engine. Written to <see cref="ContainerLabels.Owner"/>.
    /// </summary>
    public required string Owner { get; init; }

    /// <summary>The engine, such as <c>unix:///var/run/docker.sock</c> or <c>tcp://host:2376</c>; null: found as docker finds it.</summary>
    public string? Host { get; init; }

    /// <summary>The image of sandboxes; null: Kube's own, made on first use.</summary>
    public string? SandboxImage { get; init; }

    /// <summary>The network of the pods that do not share the node's, made on first use and left behind. Default <c>kube</c>.</summary>
    public string Network { get; init; } = "kube";
}
