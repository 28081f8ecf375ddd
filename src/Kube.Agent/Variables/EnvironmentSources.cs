using Kube.Agent.Volumes;

namespace Kube.Agent.Variables;

/// <summary>What a container's environment is made from beside its spec. Everything has been fetched already.</summary>
sealed record EnvironmentSources
{
    /// <summary>The data of the config maps that the container names; null: there is none of that name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>?> ConfigMaps { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, string>?>();

    /// <summary>The data of the secrets that the container names, as text; null: there is none of that name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>?> Secrets { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, string>?>();

    /// <summary>The variables by which pods find services; the container's own of the same name win.</summary>
    public IReadOnlyDictionary<string, string> Services { get; init; } = new Dictionary<string, string>();

    public required string HostIP { get; init; }

    public string? PodIP { get; init; }

    /// <summary>What the node has, which stands in for limits that are not set.</summary>
    public required NodeCapacity Node { get; init; }
}

/// <summary>A container cannot be made as its spec has it; the message says why.</summary>
sealed class ContainerConfigException(string message) : Exception(message);
