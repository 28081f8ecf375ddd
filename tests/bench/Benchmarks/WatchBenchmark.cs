using System.Globalization;
using Kube.Bench.Processes;

namespace Kube.Bench.Benchmarks;

/// <summary>How old an event is when the pipeline has it.</summary>
sealed class WatchBenchmark : IBenchmark
{
    const int Events = 600;

    const string Kube = "Watch-KubePod", Peer = "reading the stream's lines";

    public string Name => "watch";

    public string Title => "An event of a watch, from the server's socket to the pipeline";

    public IReadOnlyList<Figure> Figures { get; } = [new("age", Metric.Time, Kube, Peer, new Aim.OverPeer(2))];

    public async Task<Setup> PrepareAsync(Place place)
    {
        var server = await StreamServer.StartAsync(place);
        return new Setup(
        [
            new Subject(Kube, () => place.Engine.MeasureAsync("Watch.ps1", place.ModulePath, server.Kubeconfig, Events.ToString(CultureInfo.InvariantCulture))),
            new Subject(Peer, () => PlainWatch.MeasureAsync(server.Kubeconfig, Events)),
        ], server);
    }
}
