namespace Kube.Agent.Runtime;

/// <summary>What a pod's sandbox is made of.</summary>
public sealed record SandboxConfig
{
    /// <summary>The container's name, as <see cref="ContainerLabels"/> makes it.</summary>
    public required string Name { get; init; }

    /// <summary>Its labels.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>The pod's host name.</summary>
    public required string Hostname { get; init; }

    /// <summary>Share the node's network.</summary>
    public bool HostNetwork { get; init; }

    /// <summary>Ports that are published on the node.</summary>
    public IReadOnlyList<PortMapping> Ports { get; init; } = [];

    /// <summary>Extra lines of <c>/etc/hosts</c>: name to address.</summary>
    public IReadOnlyList<(string Name, string Address)> HostAliases { get; init; } = [];

    /// <summary>Name servers; empty: the engine's.</summary>
    public IReadOnlyList<string> DnsServers { get; init; } = [];

    /// <summary>Search domains.</summary>
    public IReadOnlyList<string> DnsSearches { get; init; } = [];

    /// <summary>Resolver options, such as <c>ndots:5</c>.</summary>
    public IReadOnlyList<string> DnsOptions { get; init; } = [];

    /// <summary>Kernel parameters of the sandbox.</summary>
    public IReadOnlyDictionary<string, string> Sysctls { get; init; } = new Dictionary<string, string>();

    /// <summary>The volumes that the pod's containers share.</summary>
    public IReadOnlyList<SandboxVolume> Volumes { get; init; } = [];

    /// <summary>The pod's annotations; what a runtime does not know it leaves alone.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();
}

/// <summary>
/// A volume that lives as long as its pod's sandboxes: the engine makes it with the first and removes it after the last. Every user may write to it.
/// </summary>
/// <param name="Name">The volume's name in the pod.</param>
public sealed record SandboxVolume(string Name)
{
    /// <summary>Kept in memory (tmpfs) instead of on the engine's disk.</summary>
    public bool InMemory { get; init; }

    /// <summary>The most that a volume in memory may hold, in bytes; 0: no limit.</summary>
    public long SizeLimitBytes { get; init; }
}

/// <summary>A port of a pod on its node.</summary>
/// <param name="HostPort">The node's port.</param>
/// <param name="ContainerPort">The pod's port.</param>
/// <param name="Protocol"><c>TCP</c>, <c>UDP</c> or <c>SCTP</c>.</param>
/// <param name="HostAddress">The node's address; null: all.</param>
public sealed record PortMapping(int HostPort, int ContainerPort, string Protocol, string? HostAddress);
