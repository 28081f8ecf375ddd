namespace Kube;

/// <summary>One container of a pod, as its node last told.</summary>
public sealed class KubeContainerStatus
{
    /// <summary>The pod's namespace.</summary>
    public string? Namespace { get; init; }

    /// <summary>The pod.</summary>
    public string Pod { get; init; } = "";

    /// <summary>The container.</summary>
    public string Container { get; init; } = "";

    /// <summary>What part it has in the pod.</summary>
    public KubeContainerType ContainerType { get; init; }

    /// <summary>What it does.</summary>
    public KubeContainerState State { get; init; }

    /// <summary>Why it waits or has ended, such as <c>CrashLoopBackOff</c>, <c>Completed</c>, <c>OOMKilled</c>; null while it runs.</summary>
    public string? Reason { get; init; }

    /// <summary>The same, as a sentence.</summary>
    public string? Message { get; init; }

    /// <summary>Whether it passes its readiness probe; for an init container, whether it is done.</summary>
    public bool Ready { get; init; }

    /// <summary>Whether it has passed its startup probe; null where that is not told.</summary>
    public bool? Started { get; init; }

    /// <summary>How often it was started again.</summary>
    public int RestartCount { get; init; }

    /// <summary>What it ended with; null while it waits or runs.</summary>
    public int? ExitCode { get; init; }

    /// <summary>
    /// The signal that ended it, for one that waits to be started again the signal that ended it last; null while it runs and for an exit of its own
    /// accord. Where the runtime names none it is read from exit codes 129 to 192, which stand for signals 1 to 64.
    /// </summary>
    public int? Signal { get; init; }

    /// <summary>When this attempt started, in local time.</summary>
    public DateTime? StartedAt { get; init; }

    /// <summary>When this attempt ended, in local time.</summary>
    public DateTime? FinishedAt { get; init; }

    /// <summary>How the attempt before was left: Terminated, as a rule; null for the first.</summary>
    public KubeContainerState? LastState { get; init; }

    /// <summary>Why the attempt before ended.</summary>
    public string? LastReason { get; init; }

    /// <summary>What the attempt before ended with.</summary>
    public int? LastExitCode { get; init; }

    /// <summary>When the attempt before ended, in local time.</summary>
    public DateTime? LastFinishedAt { get; init; }

    /// <summary>The image that it runs; before it does, the one in the pod's document.</summary>
    public string? Image { get; init; }

    /// <summary>The image's digest, as the runtime gives it.</summary>
    public string? ImageID { get; init; }

    /// <summary>The runtime's name and its own id, such as <c>docker://6f0d…</c>.</summary>
    public string? ContainerID { get; init; }

    /// <summary>The node that it is on.</summary>
    public string? Node { get; init; }

    /// <summary>The engine's own detail, as a <see cref="KubeMap"/>; null unless it was asked for and the node can tell.</summary>
    public object? DetailInfo
    {
        get => KubeValue.Present(_detail);
        set => _detail = value is null ? null : KubeValue.Unwrap(value) as KubeMap ?? KubeMap.From(value);
    }

    KubeMap? _detail;

    /// <summary>The cluster that it came from.</summary>
    public KubeConnection? Connection { get; init; }

    /// <summary>Pod and container, such as <c>web/nginx</c>.</summary>
    public override string ToString() => $"{Pod}/{Container}";
}

/// <summary>What part a container has in its pod.</summary>
public enum KubeContainerType
{
    /// <summary>It runs before the pod's containers, or beside them where it is a side-car.</summary>
    Init,
    /// <summary>One of the pod's containers.</summary>
    Container,
    /// <summary>Put into a running pod to look at it.</summary>
    Ephemeral,
}

/// <summary>What a container does.</summary>
public enum KubeContainerState
{
    /// <summary>It is to start.</summary>
    Waiting,
    /// <summary>It runs.</summary>
    Running,
    /// <summary>It has ended.</summary>
    Terminated,
}
