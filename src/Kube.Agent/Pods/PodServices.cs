using Kube.Agent.Events;
using Kube.Agent.Images;
using Kube.Agent.Runtime;
using Kube.Agent.Variables;

namespace Kube.Agent.Pods;

/// <summary>What the workers of all pods share.</summary>
sealed record PodServices(KubeApi Api, IContainerRuntime Runtime, EngineView Engine, PodImages Images, VariableSources Variables, EventRecorder Events, AgentOptions Options, string HostIP)
{
    /// <summary>The prefix of container ids, such as <c>docker</c>.</summary>
    public string RuntimeScheme { get; } = Runtime.Name.ToLowerInvariant();

    /// <summary>What the engine said of itself last; null before it has answered once.</summary>
    public required Func<RuntimeInfo?> EngineInfo { get; init; }

    /// <summary>Whether the engine sees the files of this machine.</summary>
    public bool SharesFiles => EngineInfo()?.SharesFiles ?? false;

    public DateTimeOffset Now => Options.Time.GetUtcNow();

    /// <summary>The folder of all that the agent keeps for a pod.</summary>
    public string FolderOf(string uid) => Path.Combine(Options.DataPath, "pods", uid);
}
