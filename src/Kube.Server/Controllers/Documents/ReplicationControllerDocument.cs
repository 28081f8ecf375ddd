using System.Text.Json;

namespace Kube.Server.Controllers.Documents;

/// <summary>Of a replication controller, what its loop looks at.</summary>
sealed record ReplicationControllerDocument : IDocument
{
    public ObjectMeta Metadata { get; init; } = new();

    public ReplicationControllerSpec Spec { get; init; } = new();

    public ReplicationControllerStatus Status { get; init; } = new();
}

sealed record ReplicationControllerSpec
{
    public int? Replicas { get; init; }

    public int? MinReadySeconds { get; init; }

    public IReadOnlyDictionary<string, string>? Selector { get; init; }

    /// <summary>The pods' document, as it is.</summary>
    public JsonElement Template { get; init; }
}

sealed record ReplicationControllerStatus
{
    public int Replicas { get; init; }

    public int? FullyLabeledReplicas { get; init; }

    public int? ReadyReplicas { get; init; }

    public int? AvailableReplicas { get; init; }

    public long? ObservedGeneration { get; init; }

    public IReadOnlyList<Condition>? Conditions { get; init; }
}
