namespace Kube.Agent.Runtime;

/// <summary>What an engine is and where it runs.</summary>
/// <param name="Version">The engine's version.</param>
/// <param name="OperatingSystem">Such as <c>Debian GNU/Linux 12</c>.</param>
/// <param name="Platform">The containers' system, such as <c>linux</c>.</param>
/// <param name="Architecture">In Kubernetes' words, such as <c>amd64</c>.</param>
/// <param name="KernelVersion">The kernel that containers see.</param>
/// <param name="Processors">Processors that containers can use.</param>
/// <param name="MemoryBytes">Memory that containers can use.</param>
/// <param name="GatewayAddress">The host's address on the pods' network where the host can bind to it (Linux); else null.</param>
public sealed record RuntimeInfo(string Version, string OperatingSystem, string Platform, string Architecture, string KernelVersion, int Processors, long MemoryBytes, string? GatewayAddress);

/// <summary>The states of a container that matter to the agent.</summary>
public enum RuntimeState
{
    /// <summary>Created and never started, or its start failed.</summary>
    Created,
    /// <summary>Running.</summary>
    Running,
    /// <summary>It has run and is over.</summary>
    Exited,
}

/// <summary>A container or sandbox as the engine's inspect tells it.</summary>
/// <param name="Id">The engine's id, 64 hexadecimal digits.</param>
/// <param name="Labels">All labels; <see cref="ContainerLabels"/> reads them.</param>
/// <param name="State">Its state.</param>
public sealed record RuntimeContainer(string Id, IReadOnlyDictionary<string, string> Labels, RuntimeState State)
{
    /// <summary>When it was created, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was started last.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>How it ended.</summary>
    public int ExitCode { get; init; }

    /// <summary>Whether the kernel killed it for its memory.</summary>
    public bool OomKilled { get; init; }

    /// <summary>The engine's word on why it did not start.</summary>
    public string? Error { get; init; }

    /// <summary>The image's id.</summary>
    public string ImageId { get; init; } = "";

    /// <summary>Its address on the pods' network; sandboxes alone have one.</summary>
    public string? Address { get; init; }
}

/// <summary>An image in the engine.</summary>
/// <param name="Id">The id, <c>sha256:…</c>.</param>
/// <param name="RepoDigests">The digests by which registries know it.</param>
/// <param name="SizeBytes">Its size.</param>
public sealed record RuntimeImage(string Id, IReadOnlyList<string> RepoDigests, long SizeBytes)
{
    /// <summary>The user that its containers run as; empty: root.</summary>
    public string User { get; init; } = "";
}

/// <summary>How far a pull is.</summary>
/// <param name="Status">The engine's word, such as <c>Downloading</c>.</param>
/// <param name="CompletedBytes">Bytes that are there.</param>
/// <param name="TotalBytes">Bytes in all, as far as known.</param>
public sealed record PullProgress(string Status, long CompletedBytes, long TotalBytes);

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
    /// <summary>The pod's annotations; what a runtime does not know it leaves alone.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();
}

/// <summary>A port of a pod on its node.</summary>
/// <param name="HostPort">The node's port.</param>
/// <param name="ContainerPort">The pod's port.</param>
/// <param name="Protocol"><c>TCP</c>, <c>UDP</c> or <c>SCTP</c>.</param>
/// <param name="HostAddress">The node's address; null: all.</param>
public sealed record PortMapping(int HostPort, int ContainerPort, string Protocol, string? HostAddress);

/// <summary>What a container is made of.</summary>
public sealed record ContainerConfig
{
    /// <summary>The container's name, as <see cref="ContainerLabels"/> makes it.</summary>
    public required string Name { get; init; }
    /// <summary>Its labels.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }
    /// <summary>The sandbox whose network and IPC it joins.</summary>
    public required string SandboxId { get; init; }
    /// <summary>The image's id.</summary>
    public required string ImageId { get; init; }
    /// <summary>The entry point; empty: the image's.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];
    /// <summary>The arguments; empty, with an empty command: the image's.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];
    /// <summary>The working folder; null: the image's.</summary>
    public string? WorkingDirectory { get; init; }
    /// <summary>The environment, in order.</summary>
    public IReadOnlyList<(string Name, string Value)> Environment { get; init; } = [];
    /// <summary>Folders and files of the node in the container.</summary>
    public IReadOnlyList<Mount> Mounts { get; init; } = [];
    /// <summary>The user, <c>uid[:gid]</c>; null: the image's.</summary>
    public string? User { get; init; }
    /// <summary>Further groups.</summary>
    public IReadOnlyList<long> SupplementalGroups { get; init; } = [];
    /// <summary>All rights on the node.</summary>
    public bool Privileged { get; init; }
    /// <summary>Whether the root file system is read-only.</summary>
    public bool ReadOnlyRootFilesystem { get; init; }
    /// <summary>Whether it may gain no rights beyond its parent's.</summary>
    public bool NoNewPrivileges { get; init; }
    /// <summary>Capabilities to add.</summary>
    public IReadOnlyList<string> AddCapabilities { get; init; } = [];
    /// <summary>Capabilities to drop.</summary>
    public IReadOnlyList<string> DropCapabilities { get; init; } = [];
    /// <summary>Keep standard input open.</summary>
    public bool Stdin { get; init; }
    /// <summary>Close standard input after the first session.</summary>
    public bool StdinOnce { get; init; }
    /// <summary>Give it a terminal.</summary>
    public bool Tty { get; init; }
    /// <summary>Memory limit in bytes; 0: none.</summary>
    public long MemoryBytes { get; init; }
    /// <summary>Processor limit in billionths of one; 0: none.</summary>
    public long NanoCpus { get; init; }
    /// <summary>Relative weight of the processor request; 0: the engine's default.</summary>
    public long CpuShares { get; init; }
    /// <summary>Share the node's process ids (<c>host</c>) or the sandbox's (<c>pod</c>); null: its own.</summary>
    public string? PidMode { get; init; }
    /// <summary>The pod's annotations; what a runtime does not know it leaves alone.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();
}

/// <summary>A folder or file of the node in a container.</summary>
/// <param name="Source">The path on the engine's machine.</param>
/// <param name="Target">The path in the container.</param>
/// <param name="ReadOnly">Whether it may not be written.</param>
public sealed record Mount(string Source, string Target, bool ReadOnly)
{
    /// <summary>Keep it in memory (tmpfs) instead of at <see cref="Source"/>.</summary>
    public bool InMemory { get; init; }

    /// <summary>The most that a mount in memory may hold, in bytes; 0: no limit.</summary>
    public long SizeLimitBytes { get; init; }
}

/// <summary>Which part of a log is read.</summary>
/// <param name="Follow">Go on with what is written from now, until the container ends.</param>
/// <param name="TailLines">Lines from the end; null: all.</param>
/// <param name="Since">Only what is not older.</param>
public sealed record LogRequest(bool Follow, int? TailLines, DateTimeOffset? Since);

/// <summary>A piece of a container's output.</summary>
/// <param name="IsError">Whether it was written to standard error.</param>
/// <param name="Time">When.</param>
/// <param name="Bytes">What.</param>
public readonly record struct LogFrame(bool IsError, DateTimeOffset Time, ReadOnlyMemory<byte> Bytes);

/// <summary>No engine answers.</summary>
public sealed class RuntimeUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The engine refused an operation.</summary>
public sealed class RuntimeException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>An image was not pulled; the message is the engine's or registry's own.</summary>
public sealed class ImagePullException(string message, Exception? inner = null) : Exception(message, inner);
