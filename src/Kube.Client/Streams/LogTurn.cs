namespace Kube.Streams;

/// <summary>What is to be done next with a log that is followed. Pure.</summary>
abstract record LogTurn
{
    LogTurn() { }

    /// <summary>Read the log of a container's attempt.</summary>
    /// <param name="Attempt">Which one.</param>
    /// <param name="Follow">Whether it still writes.</param>
    /// <param name="Previous">Whether another has taken its place.</param>
    public sealed record Read(LogAttempt Attempt, bool Follow, bool Previous) : LogTurn;

    /// <summary>Look again after a while.</summary>
    /// <param name="Reason">Why the container does not run.</param>
    public sealed record Wait(string? Reason) : LogTurn;

    /// <summary>Nothing more will be written.</summary>
    public sealed record End : LogTurn;

    /// <summary>Decides.</summary>
    /// <param name="container">The container as it stands; null: the pod is gone.</param>
    /// <param name="read">The attempt that was read last; null: none yet.</param>
    /// <param name="wasReadToItsEnd">Whether that one was read after its end.</param>
    public static LogTurn Next(LogContainer? container, LogAttempt? read, bool wasReadToItsEnd)
    {
        if (container is null) return new End();
        if (read is null)
            return container.Attempt is { } first ? new Read(first, container.IsRunning, Previous: false)
                : container.MayStart ? new Wait(container.Reason) : new End();
        if (container.Attempt is not { } now) return container.MayStart ? new Wait(container.Reason) : new End();
        if (now.Id == read.Id)
            return container.IsRunning ? new Read(read, Follow: true, Previous: false)
                : !wasReadToItsEnd ? new Read(read, Follow: false, Previous: false)
                : container.MayStart ? new Wait(container.Reason) : new End();
        // Only the last one before the present is kept.
        if (!wasReadToItsEnd && now.Number == read.Number + 1) return new Read(read, Follow: false, Previous: true);
        return new Read(now, container.IsRunning, Previous: false);
    }
}

/// <summary>One attempt of a container.</summary>
/// <param name="Id">The engine's id.</param>
/// <param name="Number">How many there were before.</param>
sealed record LogAttempt(string Id, int Number);

/// <summary>What matters of a container to who follows its log.</summary>
/// <param name="Attempt">The present attempt, or the last; null: there was none.</param>
/// <param name="IsRunning">Whether it runs.</param>
/// <param name="MayStart">Whether it will be started, or started again.</param>
/// <param name="Reason">Why it does not run.</param>
sealed record LogContainer(LogAttempt? Attempt, bool IsRunning, bool MayStart, string? Reason)
{
    /// <summary>Reads it out of its pod; null: the pod has no such container.</summary>
    public static LogContainer? Of(KubePod pod, string container)
    {
        if (pod.ContainerStatuses.FirstOrDefault(status => status.Container == container) is not { } status) return null;
        var attempt = status.ContainerID is { Length: > 0 } id ? new LogAttempt(id, status.RestartCount) : null;
        var isOver = pod.DeletionTimestamp is not null || pod.Phase is "Succeeded" or "Failed";
        var exitCode = status.State == KubeContainerState.Terminated ? status.ExitCode : status.LastExitCode;
        return new LogContainer(attempt, status.State == KubeContainerState.Running, !isOver && (attempt is null || MayRestart(pod, status, exitCode)), status.Reason);
    }

    // A container that waits has been found worth another attempt by its node.
    static bool MayRestart(KubePod pod, KubeContainerStatus status, int? exitCode) => status.ContainerType != KubeContainerType.Ephemeral
        && (status.State == KubeContainerState.Waiting || Policy(pod, status) switch
        {
            "Never" => false,
            "OnFailure" => exitCode is not 0,
            _ => status.ContainerType == KubeContainerType.Container || IsSidecar(pod, status.Container) || exitCode is not 0,
        });

    static string? Policy(KubePod pod, KubeContainerStatus status) =>
        IsSidecar(pod, status.Container) ? "Always" : pod.GetDocument().GetMap("spec")?["restartPolicy"] as string;

    static bool IsSidecar(KubePod pod, string container) => pod.GetDocument().GetMap("spec")?.GetMaps("initContainers")
        .Any(init => (string?)init["name"] == container && (string?)init["restartPolicy"] == "Always") == true;
}
