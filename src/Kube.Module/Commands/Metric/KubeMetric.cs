namespace Kube;

/// <summary>What a node, pod or container uses.</summary>
public sealed class KubeMetric
{
    /// <summary><c>Node</c>, <c>Pod</c> or <c>Container</c>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The pod's namespace; null for a node.</summary>
    public string? Namespace { get; init; }

    /// <summary>The name of the node or pod.</summary>
    public string Name { get; init; } = "";

    /// <summary>The container; null where it is a node or a whole pod.</summary>
    public string? Container { get; init; }

    /// <summary>The node that the pod runs on.</summary>
    public string? Node { get; init; }

    /// <summary>Processors in use, such as 0.25.</summary>
    public double Cpu { get; init; }

    /// <summary>Processors that it may use: a node's allocatable ones, a container's limit, the sum of a pod's limits; null where there is no limit.</summary>
    public double? CpuLimit { get; init; }

    /// <summary>Memory in use, in bytes.</summary>
    public long Memory { get; init; }

    /// <summary>Memory that it may use, in bytes: a node's allocatable one, a container's limit, the sum of a pod's limits; null where there is no limit.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>Processors in use, in thousandths of one, rounded up.</summary>
    public long CpuMillicores => (long)Math.Ceiling(Math.Round(Cpu * 1000, 6));

    /// <summary>Processors in use of those that it may use, in percent; null where there is no limit.</summary>
    public int? CpuPercent => CpuLimit > 0 ? (int)(100 * Cpu / CpuLimit) : null;

    /// <summary>Memory in use of that which it may use, in percent; null where there is no limit.</summary>
    public int? MemoryPercent => MemoryLimit > 0 ? (int)(100.0 * Memory / MemoryLimit) : null;

    /// <summary>When it was measured, in local time.</summary>
    public DateTime? Timestamp { get; init; }

    /// <summary>The time over which the use of processors was measured; null where the source does not say.</summary>
    public TimeSpan? Window { get; init; }

    /// <summary>Where it was read.</summary>
    public KubeConnection? Connection { get; init; }
}
