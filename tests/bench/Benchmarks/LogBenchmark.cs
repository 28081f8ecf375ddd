using System.Globalization;
using Kube.Bench.Processes;

namespace Kube.Bench.Benchmarks;

/// <summary>A log of 200 MB, thrown away.</summary>
sealed class LogBenchmark : IBenchmark
{
    const string Kube = "$null = Get-KubeLog -Raw", Peer = "kubectl logs";

    public string Name => "log";

    public string Title => "A log of 200 MB in lines of a hundred characters";

    public IReadOnlyList<Figure> Figures { get; } = [new("rate", Metric.Rate, Kube, Peer, new Aim.AtLeast(100))];

    public async Task<Setup> PrepareAsync(Place place)
    {
        var server = await StreamServer.StartAsync(place);
        var kubectl = new Kubectl(place, server.Kubeconfig);
        return new Setup(
        [
            new Subject(Kube, () => place.Engine.MeasureAsync("Log.ps1", place.ModulePath, server.Kubeconfig, StreamServer.Pod, StreamServer.LogBytes.ToString(CultureInfo.InvariantCulture))),
            new Subject(Peer, async () => new Sample(Metric.Rate, Sample.Megabytes(StreamServer.LogBytes) / (await kubectl.RunAsync("logs", StreamServer.Pod)).Elapsed.TotalSeconds)),
        ], server);
    }
}
