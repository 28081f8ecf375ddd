using Kube.Bench.Processes;

namespace Kube.Bench.Benchmarks;

/// <summary>A process that does one thing: from its start to the answer.</summary>
sealed class FirstCommandBenchmark : IBenchmark
{
    const string Kube = "Get-KubePod NAME", Module = "a function of an empty module", Engine = "an empty runspace";

    public string Name => "first-command";

    public string Title => "The first command of a process, from the process's start to its output";

    public IReadOnlyList<Figure> Figures { get; } =
    [
        new("import and first GET", Metric.First, Kube, Module, new Aim.OverPeer(120)),
        new("the same", Metric.First, Kube, Engine, new Aim.OverPeer(120)),
    ];

    public async Task<Setup> PrepareAsync(Place place)
    {
        var server = await BenchServer.StartAsync(place, pods: 10);
        var empty = EmptyModule.Write(place, "Empty", 34);
        return new Setup(
        [
            Subject(Kube, "FirstCommand.ps1", place.ModulePath, server.Kubeconfig, PodSeed.First),
            Subject(Module, "FirstCommand.ps1", empty),
            Subject(Engine, "Engine.ps1"),
        ], server);

        Subject Subject(string name, string probe, params string[] arguments) =>
            new(name, async () => new Sample(Metric.First, (await place.Engine.RunAsync(probe, arguments)).FirstOutput.TotalMilliseconds));
    }
}
