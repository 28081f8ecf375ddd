using System.Text.Json.Serialization;

namespace Kube.Server.Controllers.Documents;

/// <summary>Of a pod, what scheduling and replication look at.</summary>
sealed record PodDocument : IDocument
{
    public ObjectMeta Metadata { get; init; } = new();

    public PodSpec Spec { get; init; } = new();

    public PodStatus Status { get; init; } = new();

    public bool IsFinished => Status.Phase is "Succeeded" or "Failed";

    public bool IsReady => ReadyCondition?.Status == "True";

    /// <summary>Whether it has been ready for long enough.</summary>
    public bool IsAvailable(int minReadySeconds, DateTimeOffset now) => AvailableIn(minReadySeconds, now) == TimeSpan.Zero;

    /// <summary>How long until it has been ready for long enough; null: it is not ready.</summary>
    public TimeSpan? AvailableIn(int minReadySeconds, DateTimeOffset now)
    {
        if (!IsReady) return null;
        var needed = TimeSpan.FromSeconds(minReadySeconds);
        var readyFor = now - (ReadyCondition!.LastTransitionTime ?? now);
        return readyFor >= needed ? TimeSpan.Zero : needed - readyFor;
    }

    public Condition? ReadyCondition => Status.Conditions?.FirstOrDefault(c => c.Type == "Ready");
}

sealed record PodSpec
{
    public string? NodeName { get; init; }

    public string? RestartPolicy { get; init; }

    public string? SchedulerName { get; init; }

    public IReadOnlyDictionary<string, string>? NodeSelector { get; init; }

    public IReadOnlyList<Toleration>? Tolerations { get; init; }

    public IReadOnlyList<SchedulingGate>? SchedulingGates { get; init; }

    public Affinity? Affinity { get; init; }

    public string? Hostname { get; init; }

    public string? Subdomain { get; init; }

    public IReadOnlyList<PodContainer>? Containers { get; init; }

    public IReadOnlyList<PodContainer>? InitContainers { get; init; }

    /// <summary>Those that run beside each other: containers, and side-cars among the init containers.</summary>
    [JsonIgnore]
    public IEnumerable<PodContainer> AllContainers => (Containers ?? []).Concat((InitContainers ?? []).Where(c => c.RestartPolicy == "Always"));
}

sealed record PodContainer
{
    public string? RestartPolicy { get; init; }

    public IReadOnlyList<ContainerPort>? Ports { get; init; }
}

sealed record ContainerPort
{
    public string? Name { get; init; }

    [JsonPropertyName("containerPort")]
    public int Number { get; init; }

    public string? Protocol { get; init; }
}

sealed record PodStatus
{
    public string? Phase { get; init; }

    public string? PodIP { get; init; }

    public IReadOnlyList<Condition>? Conditions { get; init; }

    public IReadOnlyList<ContainerState>? ContainerStatuses { get; init; }

    public IReadOnlyList<ContainerState>? InitContainerStatuses { get; init; }
}

sealed record ContainerState
{
    public int RestartCount { get; init; }

    public ContainerStates? State { get; init; }
}

sealed record ContainerStates
{
    public TerminatedState? Terminated { get; init; }
}

sealed record TerminatedState
{
    public DateTimeOffset? FinishedAt { get; init; }
}

sealed record SchedulingGate
{
    public string Name { get; init; } = "";
}

sealed record Toleration
{
    public string? Key { get; init; }

    public string? Operator { get; init; }

    public string? Value { get; init; }

    public string? Effect { get; init; }
}

sealed record Affinity
{
    public NodeAffinity? NodeAffinity { get; init; }
}

sealed record NodeAffinity
{
    public NodeSelector? RequiredDuringSchedulingIgnoredDuringExecution { get; init; }
}

sealed record NodeSelector
{
    public IReadOnlyList<NodeSelectorTerm>? NodeSelectorTerms { get; init; }
}

sealed record NodeSelectorTerm
{
    public IReadOnlyList<NodeSelectorRequirement>? MatchExpressions { get; init; }

    public IReadOnlyList<NodeSelectorRequirement>? MatchFields { get; init; }
}

sealed record NodeSelectorRequirement
{
    public string Key { get; init; } = "";

    public string Operator { get; init; } = "";

    public IReadOnlyList<string>? Values { get; init; }
}
