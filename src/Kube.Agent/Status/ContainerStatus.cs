namespace Kube.Agent.Status;

/// <summary>One entry of <c>containerStatuses</c> or <c>initContainerStatuses</c>.</summary>
sealed record ContainerStatus
{
    public required string Name { get; init; }
    public ContainerState State { get => field ?? ContainerState.None; init; }
    public ContainerState LastState { get => field ?? ContainerState.None; init; }
    public bool Ready { get; init; }
    public int RestartCount { get; init; }
    public string Image { get => field ?? ""; init; }
    public string ImageID { get => field ?? ""; init; }
    public string? ContainerID { get; init; }
    public bool? Started { get; init; }
}

/// <summary>Exactly one is set in a <c>state</c>; none or <see cref="Terminated"/> in a <c>lastState</c>.</summary>
sealed record ContainerState
{
    public static ContainerState None { get; } = new();

    public WaitingState? Waiting { get; init; }
    public RunningState? Running { get; init; }
    public TerminatedState? Terminated { get; init; }
}

sealed record WaitingState(string Reason)
{
    public string? Message { get; init; }
}

sealed record RunningState(DateTimeOffset? StartedAt);

sealed record TerminatedState(int ExitCode)
{
    public string? Reason { get; init; }
    public string? Message { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public string? ContainerID { get; init; }
}
