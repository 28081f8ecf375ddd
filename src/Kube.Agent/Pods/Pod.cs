using System.Text.Json;
using Kube.Agent.Status;

namespace Kube.Agent.Pods;

/// <summary>A pod as the agent reads it: what it acts on. Fields that it does not know stay in the document and are ignored here.</summary>
sealed record Pod
{
    public required PodMetadata Metadata { get; init; }
    public required PodSpec Spec { get; init; }
    public PodStatus Status { get => field ?? PodStatus.Empty; init; }

    public string Name => Metadata.Name;
    public string Namespace => Metadata.Namespace;
    public string Uid => Metadata.Uid;

    /// <summary>How the kubelet's messages name a pod.</summary>
    public string FullName => $"{Name}_{Namespace}({Uid})";

    public bool IsTerminating => Metadata.DeletionTimestamp is not null;

    public static Pod Parse(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, AgentJson.Default.Pod)!;
}

sealed record PodMetadata
{
    public required string Name { get; init; }
    public required string Namespace { get; init; }
    public required string Uid { get; init; }
    public string? ResourceVersion { get; init; }
    public DateTimeOffset? CreationTimestamp { get; init; }
    public DateTimeOffset? DeletionTimestamp { get; init; }
    public long? DeletionGracePeriodSeconds { get; init; }
    public IReadOnlyDictionary<string, string> Labels { get => field ?? new Dictionary<string, string>(); init; }
    public IReadOnlyDictionary<string, string> Annotations { get => field ?? new Dictionary<string, string>(); init; }
}
