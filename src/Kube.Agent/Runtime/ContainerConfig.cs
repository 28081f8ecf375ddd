namespace Kube.Agent.Runtime;

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

    /// <summary>Folders, files and volumes in the container.</summary>
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
