using Kube.Bench.Benchmarks;
using Kube.Bench.Processes;
using Kube.Bench.Reports;

namespace Kube.Bench;

/// <summary>Runs the benchmarks that are asked for and reports on them.</summary>
static class BenchCommand
{
    /// <summary>All there are, in the order of the report.</summary>
    static readonly IReadOnlyList<IBenchmark> All =
    [
        new ImportBenchmark(), new FirstCommandBenchmark(), new GetBenchmark(), new ListBenchmark(), new StartBenchmark(), new WatchBenchmark(), new LogBenchmark(),
        new OwnersBenchmark(), new RealClusterBenchmark(),
    ];

    /// <returns>The exit status: 0 when everything was measured, whatever the figures; 1 when something could not be; 2 for a wrong command line.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        BenchOptions options;
        IReadOnlyList<IBenchmark> chosen;
        try
        {
            options = BenchOptions.Parse(args);
            chosen = Choose(options.Names);
        }
        catch (BenchException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message + Environment.NewLine + BenchOptions.Usage);
            return 2;
        }
        if (options.Help || options.List)
        {
            await Console.Out.WriteLineAsync(options.Help ? BenchOptions.Usage : string.Join(Environment.NewLine, All.Select(benchmark => $"{benchmark.Name,-14} {benchmark.Title}")));
            return 0;
        }
        try
        {
            await MeasureAsync(options, chosen);
            return 0;
        }
        catch (BenchException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    static IReadOnlyList<IBenchmark> Choose(IReadOnlyList<string> names) => names.Count == 0 ? All
        : [.. names.Select(name => All.FirstOrDefault(benchmark => benchmark.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw new BenchException($"There is no benchmark {name}."))];

    static async Task MeasureAsync(BenchOptions options, IReadOnlyList<IBenchmark> chosen)
    {
        using var place = Place.Create(options.Hosted ? new HostedEngine() : await PwshEngine.FindAsync() ?? (IEngine)new HostedEngine());
        var machine = await Machine.DescribeAsync(place, options.Runs);
        var readings = new List<Reading>();
        foreach (var benchmark in chosen)
        {
            var measured = await Runner.RunAsync(benchmark, place, options.Runs, Console.Error);
            await Console.Out.WriteAsync(TextReport.Write(benchmark, measured));
            readings.AddRange(measured);
        }
        await Console.Out.WriteLineAsync(machine.ToString());
        // A part of the figures, or those of another build, are not the ones that are kept.
        if (chosen.Count == All.Count && Place.IsRelease) await File.WriteAllTextAsync(place.ReportPath, MarkdownReport.Write(chosen, readings, machine));
    }
}
