using System.Text.Json.Serialization;

namespace Kube.Server.Controllers.Documents;

/// <summary>A kind of object as the controllers read it.</summary>
interface IDocument
{
    ObjectMeta Metadata { get; }
}

/// <summary>Of any object, who it is and whom it belongs to.</summary>
sealed record AnyDocument : IDocument
{
    public string ApiVersion { get; init; } = "";

    public string Kind { get; init; } = "";

    public ObjectMeta Metadata { get; init; } = new();
}

sealed record NamespaceDocument : IDocument
{
    public ObjectMeta Metadata { get; init; } = new();

    public NamespaceSpec Spec { get; init; } = new();
}

sealed record NamespaceSpec
{
    public IReadOnlyList<string>? Finalizers { get; init; }
}

sealed record ConfigMapDocument : IDocument
{
    public ObjectMeta Metadata { get; init; } = new();

    public IReadOnlyDictionary<string, string>? Data { get; init; }
}

sealed record LeaseDocument : IDocument
{
    public ObjectMeta Metadata { get; init; } = new();

    public LeaseSpec Spec { get; init; } = new();
}

sealed record LeaseSpec
{
    public DateTimeOffset? RenewTime { get; init; }
}

sealed record EventDocument : IDocument
{
    public ObjectMeta Metadata { get; init; } = new();

    public DateTimeOffset? FirstTimestamp { get; init; }

    public DateTimeOffset? LastTimestamp { get; init; }

    public DateTimeOffset? EventTime { get; init; }

    public EventSeries? Series { get; init; }
}

sealed record EventSeries
{
    public DateTimeOffset? LastObservedTime { get; init; }
}

/// <summary>How the documents are read; no reflection at run time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AnyDocument))]
[JsonSerializable(typeof(PodDocument))]
[JsonSerializable(typeof(NodeDocument))]
[JsonSerializable(typeof(ReplicationControllerDocument))]
[JsonSerializable(typeof(ReplicaSetDocument))]
[JsonSerializable(typeof(DeploymentDocument))]
[JsonSerializable(typeof(JobDocument))]
[JsonSerializable(typeof(CronJobDocument))]
[JsonSerializable(typeof(ControllerRevisionDocument))]
[JsonSerializable(typeof(DaemonSetDocument))]
[JsonSerializable(typeof(StatefulSetDocument))]
[JsonSerializable(typeof(DisruptionBudgetDocument))]
[JsonSerializable(typeof(ServiceDocument))]
[JsonSerializable(typeof(EndpointsDocument))]
[JsonSerializable(typeof(DefinitionDocument))]
[JsonSerializable(typeof(DefinitionState))]
[JsonSerializable(typeof(Condition[]))]
[JsonSerializable(typeof(NamespaceDocument))]
[JsonSerializable(typeof(ConfigMapDocument))]
[JsonSerializable(typeof(LeaseDocument))]
[JsonSerializable(typeof(EventDocument))]
[JsonSerializable(typeof(string[]))]
sealed partial class DocumentJson : JsonSerializerContext;
