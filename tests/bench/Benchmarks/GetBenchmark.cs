using Kube.Bench.Processes;

namespace Kube.Bench.Benchmarks;

/// <summary>One object by its name, as loops and completers ask for it.</summary>
sealed class GetBenchmark : IBenchmark
{
    const string Kube = "Get-KubePod NAME", Peer = "kubectl get pod NAME";

    public string Name => "get";

    public string Title => "One pod by its name, in a session that is connected";

    public IReadOnlyList<Figure> Figures { get; } = [new("GET", Metric.Time, Kube, Peer, new Aim.AtMost(3))];

    public async Task<Setup> PrepareAsync(Place place)
    {
        var server = await BenchServer.StartAsync(place, pods: 10);
        var kubectl = new Kubectl(place, server.Kubeconfig);
        return new Setup(
        [
            new Subject(Kube, () => place.Engine.MeasureAsync("Get.ps1", place.ModulePath, server.Kubeconfig, PodSeed.First)),
            new Subject(Peer, async () => new Sample(Metric.Time, (await kubectl.RunAsync("get", "pod", PodSeed.First)).Elapsed.TotalMilliseconds)),
        ], server);
    }
}
