using System.Globalization;
using System.Text;

namespace Kube.Bench.Reports;

/// <summary>All figures as the page <c>docs/benchmarks.md</c>.</summary>
static class MarkdownReport
{
    const string Introduction = """
        # Benchmarks

            dotnet run -c Release --project tests/bench

        measures all of this anew and writes this page; `-- NAME…` runs some, `-- --list` tells which there are. Each figure is a median and stands beside
        a peer of the same run: both are measured in turn, round after round, so that whatever else the machine did then met both alike. The ratio is Kube's
        figure divided by the peer's. Every PowerShell measurement has a process of its own; megabytes are millions of bytes.
        """;

    public static string Write(IReadOnlyList<IBenchmark> benchmarks, IReadOnlyList<Reading> readings, Machine machine)
    {
        var text = new StringBuilder(Introduction.ReplaceLineEndings("\n")).Append("\n\n").Append(machine).Append('\n');
        foreach (var benchmark in benchmarks)
        {
            text.Append($"\n## {benchmark.Title}\n\n| | Kube | beside | | ratio | aim | |\n| --- | --: | --- | --: | --: | --- | --- |\n");
            foreach (var reading in readings.Where(reading => reading.Benchmark == benchmark.Name)) text.Append(Row(reading));
        }
        return text.ToString();
    }

    static string Row(Reading reading)
    {
        var (figure, ratio) = (reading.Figure, reading.Ratio?.ToString("0.00", CultureInfo.InvariantCulture));
        return $"| {figure.Title} | {Reading.Format(reading.Value, figure.Metric)} | {figure.Peer} | {Reading.Format(reading.Peer, figure.Metric)} | {ratio} | {figure.Aim.Describe(figure.Metric)} | {(reading.IsMet ? "met" : "missed")} |\n";
    }
}
