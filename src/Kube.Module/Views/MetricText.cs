using System.Globalization;

namespace Kube.Module.Views;

/// <summary>Cells about what is used, as <c>kubectl top</c> writes them.</summary>
public static class MetricText
{
    const int Much = 90;
    const long Mebi = 1 << 20;

    /// <summary>Processors, in thousandths.</summary>
    public static string Cpu(KubeMetric metric) => string.Create(CultureInfo.InvariantCulture, $"{metric.CpuMillicores}m");

    /// <summary>Memory, in mebibytes.</summary>
    public static string Memory(KubeMetric metric) => string.Create(CultureInfo.InvariantCulture, $"{metric.Memory / Mebi}Mi");

    /// <summary>A part of a limit.</summary>
    public static string? Percent(int? percent) => percent is { } number ? Cell.Warn(string.Create(CultureInfo.InvariantCulture, $"{number}%"), number >= Much) : null;

    /// <summary>When it was measured, to the second.</summary>
    public static string? Time(KubeMetric metric) => metric.Timestamp?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
