using System.Globalization;

namespace Kube.Bench;

/// <summary>A figure with the medians of one run of its benchmark.</summary>
sealed record Reading(string Benchmark, Figure Figure, double Value, double Peer)
{
    public bool IsMet => Figure.Aim.IsMet(Value, Peer);

    /// <summary>Kube's part of the peer's; null where that is nothing.</summary>
    public double? Ratio => Peer > 0 ? Value / Peer : null;

    public static Reading Of(IBenchmark benchmark, Figure figure, IReadOnlyDictionary<string, IReadOnlyList<Sample>> samples) =>
        new(benchmark.Name, figure, Median(samples[figure.Subject], figure.Metric), Median(samples[figure.Peer], figure.Metric));

    public static string Format(double value, Metric metric) => metric switch
    {
        Metric.Count => value.ToString("0", CultureInfo.InvariantCulture),
        Metric.Memory => value.ToString("#,0", CultureInfo.InvariantCulture) + " MB",
        Metric.Rate => value.ToString("#,0", CultureInfo.InvariantCulture) + " MB/s",
        _ => value.ToString(value < 10 ? "0.0" : "#,0", CultureInfo.InvariantCulture) + " ms",
    };

    static double Median(IReadOnlyList<Sample> samples, Metric metric)
    {
        var sorted = samples.Select(sample => sample[metric]).Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
