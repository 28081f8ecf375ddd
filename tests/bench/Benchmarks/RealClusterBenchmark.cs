using System.Globalization;
using Kube.Bench.Processes;

namespace Kube.Bench.Benchmarks;

/// <summary>A real Kubernetes over TLS: a long list, and one pod after another.</summary>
sealed class RealClusterBenchmark : IBenchmark
{
    const int Gets = 100;

    const string List = "$pods = Get-KubePod -A", Loop = "Get-KubePod NAME, 100 times",
        Table = "kubectl get pods -A", Json = "kubectl get pods -A -o json | ConvertFrom-Json", Official = "the official C# client", Processes = "kubectl get pod NAME, 100 processes";

    public string Name => "real-cluster";

    public string Title => "10,000 pods from a real Kubernetes, the first list of a session; a hundred pods one by one";

    public IReadOnlyList<Figure> Figures { get; } =
    [
        new("the whole list", Metric.Time, List, Table, new Aim.PartOfPeer(0.5)),
        new("the whole list", Metric.Time, List, Json, new Aim.PartOfPeer(1.0 / 15)),
        new("the whole list", Metric.Time, List, Official, new Aim.PartOfPeer(1)),
        new("memory added", Metric.Memory, List, Official, new Aim.AtMost(80)),
        new("memory added", Metric.Memory, List, Table, new Aim.AtMost(80)),
        new("a hundred single gets", Metric.Time, Loop, Processes, new Aim.PartOfPeer(0.1)),
    ];

    public async Task<Setup> PrepareAsync(Place place)
    {
        if (place.Engine is not PwshEngine) throw new BenchException("real-cluster needs pwsh 7.6 on PATH: one of its peers is ConvertFrom-Json.");
        var cluster = await RealCluster.StartAsync(place, PodSeed.Many);
        var kubectl = new Kubectl(place, cluster.Kubeconfig);
        return new Setup(
        [
            new Subject(List, () => place.Engine.MeasureAsync("List.ps1", place.ModulePath, cluster.Kubeconfig, PodSeed.First, Text(PodSeed.Many))),
            new Subject(Table, () => MeasureTableAsync(kubectl)),
            new Subject(Json, () => place.Engine.MeasureAsync("ConvertFromJson.ps1", kubectl.Program, cluster.Kubeconfig, Text(PodSeed.Many))),
            new Subject(Official, () => OfficialClient.MeasureListAsync(cluster.Kubeconfig)),
            new Subject(Loop, () => place.Engine.MeasureAsync("Gets.ps1", place.ModulePath, cluster.Kubeconfig, PodSeed.First, Text(Gets))),
            new Subject(Processes, () => MeasureProcessesAsync(kubectl)),
        ], cluster);
    }

    static async Task<Sample> MeasureTableAsync(Kubectl kubectl)
    {
        var run = await kubectl.RunAsync("get", "pods", "-A");
        return new Sample(new Dictionary<Metric, double> { [Metric.Time] = run.Elapsed.TotalMilliseconds, [Metric.Memory] = Sample.Megabytes(run.PeakMemory) });
    }

    static async Task<Sample> MeasureProcessesAsync(Kubectl kubectl)
    {
        var time = TimeSpan.Zero;
        for (var number = 0; number < Gets; number++) time += (await kubectl.RunAsync("get", "pod", PodSeed.First)).Elapsed;
        return new Sample(Metric.Time, time.TotalMilliseconds);
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
