using Kube.Agent.Events;
using Kube.Agent.Images;
using Kube.Agent.Probes;
using Kube.Agent.Runtime;
using Kube.Agent.Variables;
using Kube.Agent.Volumes;

namespace Kube.Agent.Pods;

/// <summary>What the workers of all pods share.</summary>
sealed record PodServices(KubeApi Api, IContainerRuntime Runtime, EngineView Engine, PodImages Images, VariableSources Variables, PodVolumes Volumes, NodeEvents Events, AgentOptions Options, string HostIP)
{
    /// <summary>The prefix of container ids, such as <c>docker</c>.</summary>
    public string RuntimeScheme { get; } = Runtime.Name.ToLowerInvariant();

    /// <summary>What the engine said of itself last; null before it has answered once.</summary>
    public required Func<RuntimeInfo?> EngineInfo { get; init; }

    /// <summary>Whether the engine sees the files of this machine.</summary>
    public bool SharesFiles => EngineInfo()?.SharesFiles ?? false;

    /// <summary>Whether this machine reaches the pods' addresses: where it has the gateway of their network.</summary>
    public bool ReachesPods => EngineInfo()?.GatewayAddress is not null;

    public Prober Prober { get; } = new(Runtime, Options.Time);

    public DateTimeOffset Now => Options.Time.GetUtcNow();

    /// <summary>What the node has, as far as is known.</summary>
    public NodeCapacity Capacity => EngineInfo() is { } engine ? new NodeCapacity(engine.Processors, engine.MemoryBytes) : new NodeCapacity(0, 0);

    /// <summary>The folder with a folder for each pod.</summary>
    public string PodsFolder => PodsFolderOf(Options);

    public static string PodsFolderOf(AgentOptions options) => Path.Combine(options.DataPath, "pods");
}
