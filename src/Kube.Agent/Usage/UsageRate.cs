using Kube.Agent.Runtime;

namespace Kube.Agent.Usage;

/// <summary>What a container uses, measured between two looks.</summary>
/// <param name="Latest">The later look.</param>
/// <param name="Window">The time between the two.</param>
/// <param name="NanoCores">Processors, in billionths of one.</param>
sealed record UsageRate(RuntimeUsage Latest, TimeSpan Window, long NanoCores)
{
    /// <summary>The shortest time that says something about the use of processors.</summary>
    public static readonly TimeSpan ShortestWindow = TimeSpan.FromSeconds(1);

    /// <summary>The longest time that still says something about now.</summary>
    public static readonly TimeSpan LongestWindow = TimeSpan.FromMinutes(1);

    /// <summary>The use between two looks; null where they are too close, too far apart or of different runs.</summary>
    public static UsageRate? Between(RuntimeUsage earlier, RuntimeUsage later)
    {
        var window = later.At - earlier.At;
        var used = later.CpuNanoseconds - earlier.CpuNanoseconds;
        if (window < ShortestWindow || window > LongestWindow || used < 0) return null;
        return new UsageRate(later, window, (long)Math.Round(used / window.TotalSeconds));
    }
}
