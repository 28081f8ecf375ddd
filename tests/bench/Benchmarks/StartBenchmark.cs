using System.Diagnostics;
using System.Globalization;
using Kube.Bench.Processes;

namespace Kube.Bench.Benchmarks;

/// <summary>A cluster from nothing to ready, and what it costs while nothing happens.</summary>
sealed class StartBenchmark : IBenchmark
{
    const string Kube = "Start-KubeCluster -Runtime Simulated", Peer = "an empty ASP.NET Core HTTPS server";

    static readonly TimeSpan Idle = TimeSpan.FromSeconds(3), Patience = TimeSpan.FromSeconds(60);

    public string Name => "start";

    public string Title => "The embedded cluster, from nothing to ready";

    public IReadOnlyList<Figure> Figures { get; } =
    [
        new("until it is ready", Metric.Time, Kube, Peer, new Aim.AtMost(1000)),
        new("memory of its server when idle", Metric.Memory, Kube, Peer, new Aim.AtMost(100)),
    ];

    public Task<Setup> PrepareAsync(Place place) => Task.FromResult(new Setup(
    [
        new Subject(Kube, () => place.Engine.MeasureAsync("Start.ps1", place.ModulePath, "bench", Idle.TotalSeconds.ToString(CultureInfo.InvariantCulture))),
        new Subject(Peer, MeasurePeerAsync),
    ]));

    static async Task<Sample> MeasurePeerAsync()
    {
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(Self.Program, [.. Self.Arguments, "empty-server"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        try
        {
            var listening = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
            var time = watch.Elapsed;
            if (listening is null) throw new BenchException("The empty server did not start.");
            await Task.Delay(Idle);
            process.Refresh();
            return new Sample(new Dictionary<Metric, double> { [Metric.Time] = time.TotalMilliseconds, [Metric.Memory] = Sample.Megabytes(process.WorkingSet64) });
        }
        finally
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync().WaitAsync(Patience);
        }
    }
}
