namespace Kube.Agent.Status;

/// <summary>A pod's <c>status</c>, as far as a node writes it.</summary>
sealed record PodStatus
{
    public static PodStatus Empty { get; } = new();

    public PodPhase Phase { get; init; }
    public string? Reason { get; init; }
    public string? Message { get; init; }
    public string? HostIP { get; init; }
    public IReadOnlyList<AddressStatus>? HostIPs { get; init; }
    public string? PodIP { get; init; }
    public IReadOnlyList<AddressStatus>? PodIPs { get; init; }
    public DateTimeOffset? StartTime { get; init; }
    public string? QosClass { get; init; }
    public IReadOnlyList<PodCondition> Conditions { get => field ?? []; init; }
    public IReadOnlyList<ContainerStatus>? InitContainerStatuses { get; init; }
    public IReadOnlyList<ContainerStatus>? ContainerStatuses { get; init; }

    /// <summary>Whether the phase is one that never changes again.</summary>
    public bool IsFinal => Phase is PodPhase.Succeeded or PodPhase.Failed;

    public ContainerStatus? Find(string container) =>
        ContainerStatuses?.FirstOrDefault(status => status.Name == container) ?? InitContainerStatuses?.FirstOrDefault(status => status.Name == container);

    public PodCondition? Condition(string type) => Conditions.FirstOrDefault(condition => condition.Type == type);
}

enum PodPhase
{
    Pending,
    Running,
    Succeeded,
    Failed,
    Unknown,
}

sealed record AddressStatus(string Ip);

sealed record PodCondition(string Type, string Status)
{
    public const string True = "True";
    public const string False = "False";

    public DateTimeOffset? LastTransitionTime { get; init; }
    public DateTimeOffset? LastProbeTime { get; init; }
    public string? Reason { get; init; }
    public string? Message { get; init; }
    public long? ObservedGeneration { get; init; }
}
