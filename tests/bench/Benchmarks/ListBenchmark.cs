using System.Globalization;
using Kube.Bench.Processes;

namespace Kube.Bench.Benchmarks;

/// <summary>A list that is long: 10,000 pods of all namespaces, kept in a variable, beside kubectl's output thrown away.</summary>
sealed class ListBenchmark : IBenchmark
{
    const string Kube = "$pods = Get-KubePod -A", First = "Get-KubePod -A, the first object", Table = "kubectl get pods -A", Json = "kubectl get pods -A -o json";

    public string Name => "list";

    public string Title => "10,000 pods from the embedded server, the first list of a session";

    public IReadOnlyList<Figure> Figures { get; } =
    [
        new("the whole list", Metric.Time, Kube, Table, new Aim.PartOfPeer(0.5)),
        new("the whole list", Metric.Time, Kube, Json, new Aim.PartOfPeer(0.5)),
        new("until the first object", Metric.First, First, Table, new Aim.AtMost(100)),
        new("memory added", Metric.Memory, Kube, Table, new Aim.PartOfPeer(1.0 / 3)),
        new("memory added", Metric.Memory, Kube, Json, new Aim.PartOfPeer(1.0 / 3)),
    ];

    public async Task<Setup> PrepareAsync(Place place)
    {
        var server = await BenchServer.StartAsync(place, PodSeed.Many);
        var kubectl = new Kubectl(place, server.Kubeconfig);
        return new Setup(
        [
            new Subject(Kube, () => place.Engine.MeasureAsync("List.ps1", place.ModulePath, server.Kubeconfig, PodSeed.First, PodSeed.Many.ToString(CultureInfo.InvariantCulture))),
            new Subject(First, () => place.Engine.MeasureAsync("ListFirst.ps1", place.ModulePath, server.Kubeconfig, PodSeed.First)),
            new Subject(Table, () => MeasureAsync(kubectl)),
            new Subject(Json, () => MeasureAsync(kubectl, "-o", "json")),
        ], server);
    }

    /// <summary>kubectl's process is there for its list alone: all its memory is what the list adds to the machine.</summary>
    static async Task<Sample> MeasureAsync(Kubectl kubectl, params string[] output)
    {
        var run = await kubectl.RunAsync(["get", "pods", "-A", .. output]);
        return new Sample(new Dictionary<Metric, double>
        {
            [Metric.Time] = run.Elapsed.TotalMilliseconds,
            [Metric.First] = run.FirstOutput.TotalMilliseconds,
            [Metric.Memory] = Sample.Megabytes(run.PeakMemory),
        });
    }
}
