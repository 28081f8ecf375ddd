using System.Text.Json;

namespace Kube.Server.Controllers.Documents;

/// <summary>Of a replica set, what its loop and its deployment's look at.</summary>
sealed record ReplicaSetDocument : IDocument
{
    public ObjectMeta Metadata { get; init; } = new();

    public ReplicaSetSpec Spec { get; init; } = new();

    public ReplicaSetStatus Status { get; init; } = new();

    public int Replicas => Spec.Replicas ?? 1;
}

sealed record ReplicaSetSpec
{
    public int? Replicas { get; init; }

    public int MinReadySeconds { get; init; }

    public LabelSelector Selector { get; init; } = new();

    /// <summary>The pods' document, as it is.</summary>
    public JsonElement Template { get; init; }
}

sealed record ReplicaSetStatus
{
    public int Replicas { get; init; }

    public int FullyLabeledReplicas { get; init; }

    public int ReadyReplicas { get; init; }

    public int AvailableReplicas { get; init; }

    public long ObservedGeneration { get; init; }

    public IReadOnlyList<Condition>? Conditions { get; init; }
}
