using System.Globalization;

namespace Kube.Bench;

/// <summary>What can be measured of a thing.</summary>
enum Metric
{
    /// <summary>How long it took, in milliseconds.</summary>
    Time,

    /// <summary>How long until there was something to see, in milliseconds.</summary>
    First,

    /// <summary>Resident memory, in megabytes (of a million bytes).</summary>
    Memory,

    /// <summary>How much in a second, in megabytes (of a million bytes).</summary>
    Rate,

    /// <summary>How many.</summary>
    Count,
}

/// <summary>What one measurement gave.</summary>
sealed record Sample(IReadOnlyDictionary<Metric, double> Values)
{
    public Sample(Metric metric, double value) : this(new Dictionary<Metric, double> { [metric] = value }) { }

    public double this[Metric metric] => Values.TryGetValue(metric, out var value) ? value : throw new BenchException($"A measurement gave no {metric}.");

    public static double Megabytes(long bytes) => bytes / 1e6;

    /// <summary>Reads the lines <c>METRIC=NUMBER</c> that a probe writes.</summary>
    public static Sample Parse(IEnumerable<string> lines) => new(lines
        .Select(line => line.Split('=', 2))
        .ToDictionary(parts => Enum.Parse<Metric>(parts[0]), parts => double.Parse(parts[1], CultureInfo.InvariantCulture)));
}
