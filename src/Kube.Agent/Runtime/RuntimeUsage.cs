namespace Kube.Agent.Runtime;

/// <summary>What a running container has used, as its engine counts it.</summary>
/// <param name="At">When it was counted.</param>
/// <param name="CpuNanoseconds">Processor time since its start, of all processors together.</param>
/// <param name="MemoryBytes">The memory that it holds and that cannot be taken back at once (Kubernetes' working set).</param>
public sealed record RuntimeUsage(DateTimeOffset At, long CpuNanoseconds, long MemoryBytes);
