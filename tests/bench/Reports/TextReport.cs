using System.Globalization;
using System.Text;

namespace Kube.Bench.Reports;

/// <summary>A benchmark's figures for the terminal.</summary>
static class TextReport
{
    public static string Write(IBenchmark benchmark, IReadOnlyList<Reading> readings)
    {
        var rows = readings.Select(reading => Cells(reading)).ToArray();
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder().AppendLine().AppendLine(benchmark.Title);
        foreach (var row in rows) text.Append("  ").AppendLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        return text.AppendLine().ToString();
    }

    static string[] Cells(Reading reading) =>
    [
        reading.IsMet ? "ok  " : "MISS",
        reading.Figure.Title,
        Reading.Format(reading.Value, reading.Figure.Metric),
        $"{reading.Figure.Peer}: {Reading.Format(reading.Peer, reading.Figure.Metric)}",
        reading.Ratio is { } ratio ? ratio.ToString("0.00", CultureInfo.InvariantCulture) : "",
        reading.Figure.Aim.Describe(reading.Figure.Metric),
    ];
}
