namespace Kube.Module.Measuring;

/// <summary>Processors and memory in use.</summary>
/// <param name="Cpu">Processors.</param>
/// <param name="Memory">Bytes.</param>
/// <param name="Timestamp">When it was measured.</param>
/// <param name="Window">The time that it was measured over; null: not told.</param>
sealed record Usage(decimal Cpu, long Memory, DateTime? Timestamp, TimeSpan? Window)
{
    /// <summary>The use of several together.</summary>
    public static Usage Sum(IReadOnlyCollection<Usage> parts) =>
        new(parts.Sum(part => part.Cpu), parts.Sum(part => part.Memory), parts.Min(part => part.Timestamp), parts.Max(part => part.Window));
}

/// <summary>What a pod's containers use, by name.</summary>
sealed record PodUsage(string Namespace, string Name, IReadOnlyDictionary<string, Usage> Containers);
