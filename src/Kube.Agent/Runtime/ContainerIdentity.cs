namespace Kube.Agent.Runtime;

/// <summary>What a container or sandbox is to the agent: everything that its name and labels tell, so that nothing is lost with the agent.</summary>
/// <param name="Pod">The pod's name.</param>
/// <param name="Namespace">The pod's namespace.</param>
/// <param name="Uid">The pod's uid.</param>
/// <param name="Container">The container's name in the pod; <see cref="ContainerLabels.SandboxName"/> for the sandbox.</param>
/// <param name="Attempt">How many of the same name there were before it: a container's restart count, a sandbox's number.</param>
public sealed record ContainerIdentity(string Pod, string Namespace, string Uid, string Container, int Attempt)
{
    /// <summary>The sandbox that a container runs in; null for a sandbox.</summary>
    public string? SandboxId { get; init; }

    /// <summary>A hash of the container's part of the pod's spec: another one means that the container must be made anew; empty: not known.</summary>
    public string Hash { get; init; } = "";

    /// <summary>Where the container leaves its last words; Kubernetes' default is <c>/dev/termination-log</c>.</summary>
    public string TerminationMessagePath { get; init; } = "";

    /// <summary><c>File</c> or <c>FallbackToLogsOnError</c>; empty: <c>File</c>.</summary>
    public string TerminationMessagePolicy { get; init; } = "";

    /// <summary>Seconds from SIGTERM to SIGKILL when the pod goes; null: not known.</summary>
    public long? TerminationGracePeriodSeconds { get; init; }

    /// <summary>Seconds that the restart waited before this attempt; null: it is no restart.</summary>
    public int? RestartBackoffSeconds { get; init; }

    /// <summary>Labels of the pod, which the kubelet puts on the sandbox and on no container.</summary>
    public IReadOnlyDictionary<string, string> PodLabels { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether it is the pod's sandbox.</summary>
    public bool IsSandbox => Container == ContainerLabels.SandboxName;
}
