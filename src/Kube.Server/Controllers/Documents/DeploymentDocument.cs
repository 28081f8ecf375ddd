using System.Text.Json;

namespace Kube.Server.Controllers.Documents;

/// <summary>Of a deployment, what its loop looks at.</summary>
sealed record DeploymentDocument : IDocument
{
    public ObjectMeta Metadata { get; init; } = new();

    public DeploymentSpec Spec { get; init; } = new();

    public DeploymentStatus Status { get; init; } = new();

    public int Replicas => Spec.Replicas ?? 1;

    public bool IsRolling => Spec.Strategy.Type != "Recreate";

    /// <summary>Whether it watches over its progress.</summary>
    public bool HasDeadline => Spec.ProgressDeadlineSeconds is { } seconds and not int.MaxValue && seconds > 0;

    public Condition? Progressing => Status.Conditions?.FirstOrDefault(c => c.Type == "Progressing");
}

sealed record DeploymentSpec
{
    public int? Replicas { get; init; }

    public LabelSelector Selector { get; init; } = new();

    /// <summary>The pods' document, as it is.</summary>
    public JsonElement Template { get; init; }

    public DeploymentStrategy Strategy { get; init; } = new();

    public int MinReadySeconds { get; init; }

    public int? RevisionHistoryLimit { get; init; }

    public bool Paused { get; init; }

    public int? ProgressDeadlineSeconds { get; init; }
}

sealed record DeploymentStrategy
{
    public string? Type { get; init; }

    public RollingUpdate? RollingUpdate { get; init; }
}

/// <summary>How far an update may stray from the wanted number of pods.</summary>
sealed record RollingUpdate
{
    public JsonElement MaxUnavailable { get; init; }

    public JsonElement MaxSurge { get; init; }
}

sealed record DeploymentStatus
{
    public long ObservedGeneration { get; init; }

    public int Replicas { get; init; }

    public int UpdatedReplicas { get; init; }

    public int ReadyReplicas { get; init; }

    public int AvailableReplicas { get; init; }

    public int UnavailableReplicas { get; init; }

    public int? CollisionCount { get; init; }

    public IReadOnlyList<Condition>? Conditions { get; init; }
}
