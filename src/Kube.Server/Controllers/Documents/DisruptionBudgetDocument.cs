using System.Text.Json;

namespace Kube.Server.Controllers.Documents;

/// <summary>How many of some pods may be evicted at a time.</summary>
sealed record DisruptionBudgetDocument : IDocument
{
    public ObjectMeta Metadata { get; init; } = new();

    public DisruptionBudgetSpec Spec { get; init; } = new();

    public DisruptionBudgetStatus Status { get; init; } = new();

    /// <summary>An empty selector means every pod of the namespace, none at all no pod.</summary>
    public bool Selects(PodDocument pod) =>
        pod.Metadata.Namespace == Metadata.Namespace && Spec.Selector is { } selector && (selector.IsEmpty || selector.Matches(pod.Metadata.Labels));
}

sealed record DisruptionBudgetSpec
{
    public JsonElement MinAvailable { get; init; }

    public JsonElement MaxUnavailable { get; init; }

    public LabelSelector? Selector { get; init; }
}

sealed record DisruptionBudgetStatus
{
    public long ObservedGeneration { get; init; }

    /// <summary>Pods whose eviction is granted and not yet seen, and when it was.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset>? DisruptedPods { get; init; }

    public int DisruptionsAllowed { get; init; }

    public int CurrentHealthy { get; init; }

    public int DesiredHealthy { get; init; }

    public int ExpectedPods { get; init; }

    public IReadOnlyList<DisruptionCondition>? Conditions { get; init; }
}

sealed record DisruptionCondition
{
    public string Type { get; init; } = "";

    public string Status { get; init; } = "";

    public long ObservedGeneration { get; init; }

    public DateTimeOffset LastTransitionTime { get; init; }

    public string Reason { get; init; } = "";

    public string Message { get; init; } = "";
}
