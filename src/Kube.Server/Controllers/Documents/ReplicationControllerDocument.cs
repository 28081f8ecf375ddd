using System.Text.Json;

namespace Kube.Server.Controllers.Documents;

/// <summary>A replication controller: a replica set whose selector is nothing but labels.</summary>
sealed record ReplicationControllerDocument
{
    public ObjectMeta Metadata { get; init; } = new();

    public ReplicationControllerSpec Spec { get; init; } = new();

    public ReplicaSetStatus Status { get; init; } = new();

    public ReplicaSetDocument ToReplicaSet() => new()
    {
        Metadata = Metadata,
        Spec = new ReplicaSetSpec
        {
            Replicas = Spec.Replicas,
            MinReadySeconds = Spec.MinReadySeconds,
            Selector = new LabelSelector { MatchLabels = Spec.Selector },
            Template = Spec.Template,
        },
        Status = Status,
    };
}

sealed record ReplicationControllerSpec
{
    public int? Replicas { get; init; }

    public int MinReadySeconds { get; init; }

    public IReadOnlyDictionary<string, string>? Selector { get; init; }

    /// <summary>The pods' document, as it is.</summary>
    public JsonElement Template { get; init; }
}
