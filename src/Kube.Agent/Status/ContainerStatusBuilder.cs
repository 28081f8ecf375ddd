using Kube.Agent.Pods;
using Kube.Agent.Probes;
using Kube.Registry;

namespace Kube.Agent.Status;

/// <summary>Makes a container's status as the kubelet does (<c>kubelet_pods.go</c>, <c>convertToAPIContainerStatuses</c>).</summary>
static class ContainerStatusBuilder
{
    /// <summary>What the kubelet reports for a container that it has lost.</summary>
    public const int UnknownExitCode = 137;

    public static ContainerStatus Build(Pod pod, ContainerSpec container, bool isInit, PodObservation observation, ContainerView view)
    {
        var newest = observation.Newest(pod, container.Name);
        var previous = pod.Status.Find(container.Name);
        var status = newest is not null
            ? FromAttempts(newest, observation.Attempts(container.Name).ElementAtOrDefault(1), previous, observation, view, DefaultReason(pod))
            : FromPrevious(container.Name, previous, pod.IsTerminating || pod.Status.IsFinal, view, DefaultReason(pod));

        var running = status.State.Running is not null;
        var probes = newest is null ? null : observation.Probes.GetValueOrDefault(newest.Id);
        var started = running && (container.StartupProbe is null || probes is { Started: true });
        var passes = container.ReadinessProbe is null || probes is { Ready: true };
        return status with
        {
            Name = container.Name,
            Image = ImageReference.TryParse(container.Image, out var image, out _) ? image.Familiar : container.Image,
            Started = started,
            Ready = isInit && !container.IsSidecar
                ? status.State.Terminated is { ExitCode: 0 }
                : started && passes && ProbeSupport.Refusals(container, observation.ReachesPods).Count == 0,
        };
    }

    static ContainerStatus FromAttempts(ObservedContainer newest, ObservedContainer? before, ContainerStatus? previous, PodObservation observation, ContainerView view, string defaultReason)
    {
        var last = before is { HasEnded: true } && before.Attempt == newest.Attempt - 1 ? new ContainerState { Terminated = Terminated(before, observation) } : LastOf(previous, newest.Attempt);
        var status = new ContainerStatus
        {
            Name = newest.Identity.Container,
            RestartCount = newest.Attempt,
            ContainerID = IdOf(newest, observation),
            ImageID = ImageIdOf(newest, observation),
            LastState = last,
        };
        if (newest.IsRunning)
            return status with { State = new ContainerState { Running = new RunningState(newest.Container.StartedAt) } };
        if (!newest.HasEnded)
            return status with { State = Waiting(view, defaultReason) };

        var ended = new ContainerState { Terminated = Terminated(newest, observation) };
        return view is { Restarts: true, Reason: not null }
            ? status with { State = Waiting(view, defaultReason), LastState = ended }
            : status with { State = ended };
    }

    /// <summary>The state before the newest attempt where its container is gone: what the API remembers of it.</summary>
    static ContainerState LastOf(ContainerStatus? previous, int attempt) => previous switch
    {
        null => ContainerState.None,
        _ when previous.RestartCount >= attempt => previous.LastState,
        { State.Terminated: not null } => previous.State,
        { State.Running: { } running } => new ContainerState { Terminated = Unknown(running, previous.ContainerID) },
        _ => previous.LastState,
    };

    /// <summary>The runtime knows nothing (any more): what the API remembers goes on.</summary>
    static ContainerStatus FromPrevious(string name, ContainerStatus? previous, bool ending, ContainerView view, string defaultReason) => previous switch
    {
        null => new ContainerStatus { Name = name, State = Waiting(view, defaultReason) },
        { State.Running: { } running } when ending || !view.Restarts => previous with { State = new ContainerState { Terminated = Unknown(running, previous.ContainerID) } },
        { State.Running: { } running } => previous with
        {
            State = Waiting(view, defaultReason),
            LastState = new ContainerState { Terminated = Unknown(running, previous.ContainerID) },
            RestartCount = previous.RestartCount + 1,
        },
        { State.Terminated: not null } when !view.Restarts => previous,
        { State.Terminated: not null } => previous with { State = Waiting(view, defaultReason), LastState = previous.State },
        _ => previous with { State = Waiting(view, defaultReason) },
    };

    static ContainerState Waiting(ContainerView view, string defaultReason) =>
        new() { Waiting = new WaitingState(view.Reason ?? defaultReason) { Message = view.Message } };

    static string DefaultReason(Pod pod) => pod.Spec.InitContainers.Count > 0 ? Reasons.PodInitializing : Reasons.ContainerCreating;

    static TerminatedState Unknown(RunningState running, string? containerId) => new(UnknownExitCode)
    {
        Reason = Reasons.ContainerStatusUnknown,
        Message = "The container could not be located when the pod was last looked at. The container used to be Running",
        StartedAt = running.StartedAt,
        ContainerID = containerId,
    };

    static TerminatedState Terminated(ObservedContainer observed, PodObservation observation)
    {
        var container = observed.Container;
        return new TerminatedState(container.ExitCode)
        {
            Reason = container.OomKilled ? Reasons.OomKilled
                : observed.CannotRun ? Reasons.ContainerCannotRun
                : container.ExitCode == 0 ? Reasons.Completed
                : Reasons.Error,
            Message = observation.TerminationMessages.GetValueOrDefault(observed.Id) is { Length: > 0 } words ? words
                : string.IsNullOrEmpty(container.Error) ? null : container.Error,
            StartedAt = container.StartedAt,
            FinishedAt = container.FinishedAt ?? (observed.CannotRun ? container.CreatedAt : null),
            ContainerID = IdOf(observed, observation),
        };
    }

    static string IdOf(ObservedContainer observed, PodObservation observation) => $"{observation.RuntimeScheme}://{observed.Id}";

    static string ImageIdOf(ObservedContainer observed, PodObservation observation) =>
        observed.Container.ImageId is not { Length: > 0 } image ? ""
        : observation.RepoDigests.GetValueOrDefault(image) is { } digest ? $"{observation.RuntimeScheme}-pullable://{digest}"
        : $"{observation.RuntimeScheme}://{image}";
}
