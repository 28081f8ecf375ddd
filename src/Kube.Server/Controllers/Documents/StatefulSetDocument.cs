using System.Text.Json;

namespace Kube.Server.Controllers.Documents;

/// <summary>Of a stateful set, what its loop looks at.</summary>
sealed record StatefulSetDocument : IDocument
{
    public ObjectMeta Metadata { get; init; } = new();

    public StatefulSetSpec Spec { get; init; } = new();

    public StatefulSetStatus Status { get; init; } = new();

    public int Replicas => Spec.Replicas ?? 1;

    public int First => Spec.Ordinals?.Start ?? 0;

    /// <summary>The lowest ordinal that is brought to a new template.</summary>
    public int Partition => Spec.UpdateStrategy.RollingUpdate?.Partition ?? 0;

    /// <summary>Whether its pods come and go one by one.</summary>
    public bool IsOrdered => Spec.PodManagementPolicy != "Parallel";
}

sealed record StatefulSetSpec
{
    public int? Replicas { get; init; }

    public LabelSelector Selector { get; init; } = new();

    /// <summary>The pods' document, as it is.</summary>
    public JsonElement Template { get; init; }

    public string? ServiceName { get; init; }

    public string? PodManagementPolicy { get; init; }

    public UpdateStrategy UpdateStrategy { get; init; } = new();

    public int MinReadySeconds { get; init; }

    public int? RevisionHistoryLimit { get; init; }

    public StatefulSetOrdinals? Ordinals { get; init; }
}

sealed record StatefulSetOrdinals
{
    public int Start { get; init; }
}

sealed record StatefulSetStatus
{
    public long ObservedGeneration { get; init; }

    public int Replicas { get; init; }

    public int ReadyReplicas { get; init; }

    public int AvailableReplicas { get; init; }

    public int CurrentReplicas { get; init; }

    public int UpdatedReplicas { get; init; }

    public string? CurrentRevision { get; init; }

    public string? UpdateRevision { get; init; }
}
