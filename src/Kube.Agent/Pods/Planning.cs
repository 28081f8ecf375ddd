using Kube.Agent.Status;

namespace Kube.Agent.Pods;

/// <summary>A plan in the making.</summary>
sealed class Planning(Pod pod, PodObservation observation, DateTimeOffset now)
{
    readonly List<PodAction> _actions = [];
    readonly Dictionary<string, ContainerView> _views = [];
    DateTimeOffset? _wakeAt;

    public Pod Pod => pod;
    public PodObservation Observation => observation;
    public DateTimeOffset Now => now;
    public PodOutcome Outcome { get; set; } = PodOutcome.GoesOn;

    public IEnumerable<ContainerSpec> AllContainers => pod.Spec.InitContainers.Concat(pod.Spec.Containers);

    public string DefaultReason => pod.Spec.InitContainers.Count > 0 ? Reasons.PodInitializing : Reasons.ContainerCreating;

    /// <summary>The word under which the API has the container waiting.</summary>
    public string? WaitingReasonBefore(ContainerSpec container) => pod.Status.Find(container.Name)?.State.Waiting?.Reason;

    public void Do(PodAction action)
    {
        if (!_actions.Contains(action))
            _actions.Add(action);
    }

    public void Tell(string type, string reason, string message, ContainerSpec? container = null) =>
        Do(new PodAction.RecordEvent(type, reason, message, container?.Name));

    /// <summary>Shows a container as waiting.</summary>
    public void Show(ContainerSpec container, string reason, string? message) =>
        _views[container.Name] = new ContainerView(reason, message, Restarts: true);

    /// <summary>Marks a container as one that will have another attempt.</summary>
    public void ShowRestart(ContainerSpec container) => _views[container.Name] = ContainerView.None with { Restarts = true };

    /// <summary>Whether a time is still to come; if so the plan wakes at it.</summary>
    public bool WaitsUntil(DateTimeOffset time)
    {
        if (time <= now)
            return false;
        _wakeAt = _wakeAt < time ? _wakeAt : time;
        return true;
    }

    /// <summary>Stops a container, unless it has been told to stop by then already.</summary>
    public void Stop(ObservedContainer container, TimeSpan grace, string? message)
    {
        if (Stop(observation, container, grace, message, now) is { } stop)
            Do(stop);
    }

    /// <summary>What it takes to have a container stop within its grace period; null when it has been told to stop by then already.</summary>
    public static PodAction.StopContainer? Stop(PodObservation observation, ObservedContainer container, TimeSpan grace, string? message, DateTimeOffset now)
    {
        if (!observation.Stopping.TryGetValue(container.Id, out var deadline))
            return new PodAction.StopContainer(container.Identity.Container, container.Id, grace, message);
        return now + grace + TimeSpan.FromSeconds(1) < deadline ? new PodAction.StopContainer(container.Identity.Container, container.Id, grace, null) : null;
    }

    /// <summary>The exit code of a container that has run and does no longer; null for one that runs or never did.</summary>
    public int? ExitCodeOf(ContainerSpec container) => (observation.Newest(pod, container.Name), pod.Status.Find(container.Name)) switch
    {
        ({ HasEnded: true } newest, _) => newest.Container.ExitCode,
        ({ }, _) => null,
        (null, { State.Running: not null }) => ContainerStatusBuilder.UnknownExitCode,
        (null, { State.Terminated: { } ended }) => ended.ExitCode,
        _ => null,
    };

    /// <summary>The number of the next attempt. Where the runtime has none left the API's count goes on.</summary>
    public int NextAttempt(ContainerSpec container) => (observation.Newest(pod, container.Name), pod.Status.Find(container.Name)) switch
    {
        ({ HasEnded: false, IsRunning: false } created, _) => created.Identity.SandboxId == observation.NewestSandbox?.Id ? created.Attempt : created.Attempt + 1,
        ({ } newest, _) => newest.Attempt + 1,
        (null, null) => 0,
        (null, { State.Waiting: not null, LastState.Terminated: null or { Reason: Reasons.ContainerStatusUnknown } } waiting) => waiting.RestartCount,
        (null, { State: { Waiting: null, Running: null, Terminated: null } } unknown) => unknown.RestartCount,
        (null, { } previous) => previous.RestartCount + 1,
    };

    public PodPlan Finish() => new(_actions, PodStatusBuilder.Build(pod, observation, _views, Outcome, now), _wakeAt);
}
