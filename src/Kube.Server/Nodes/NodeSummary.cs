using System.Text.Json.Serialization;

namespace Kube.Server.Nodes;

/// <summary>What a node's endpoint tells of its use, as far as metrics need it: the kubelet's <c>Summary</c>.</summary>
sealed record NodeSummary(SummaryUsage Node, IReadOnlyList<SummaryPod> Pods);

/// <summary>A pod's containers.</summary>
sealed record SummaryPod(SummaryPodReference PodRef, IReadOnlyList<SummaryContainer> Containers) : SummaryUsage;

/// <summary>Which pod it is.</summary>
sealed record SummaryPodReference(string Uid);

/// <summary>One container.</summary>
sealed record SummaryContainer(string Name) : SummaryUsage;

/// <summary>Processors and memory that are in use.</summary>
record SummaryUsage
{
    /// <summary>Kube's own: the time that the rate was measured over.</summary>
    public double WindowSeconds { get; init; }

    public SummaryCpu Cpu { get; init; } = new("", 0);

    public SummaryMemory Memory { get; init; } = new(0);
}

/// <summary>Processors, in billionths of one.</summary>
sealed record SummaryCpu(string Time, long UsageNanoCores);

/// <summary>Memory in bytes.</summary>
sealed record SummaryMemory(long WorkingSetBytes);

/// <summary>Reads it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(NodeSummary))]
sealed partial class NodeSummaryJson : JsonSerializerContext;
