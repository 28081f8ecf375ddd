using Kube.Bench.Processes;

namespace Kube.Bench.Benchmarks;

/// <summary>What <c>Import-Module Kube</c> costs in a session that has imported something before.</summary>
sealed class ImportBenchmark : IBenchmark
{
    const string Kube = "Import-Module Kube", Peer = "a script module with as many functions";

    const int Functions = 34;

    public string Name => "import";

    public string Title => "Import, in an engine that is warm";

    public IReadOnlyList<Figure> Figures { get; } =
    [
        new("import", Metric.Time, Kube, Peer, new Aim.AtMost(30)),
        new("assemblies of others that it loads", Metric.Count, Kube, Peer, new Aim.AtMost(0)),
    ];

    public Task<Setup> PrepareAsync(Place place)
    {
        var (warm, peer) = (EmptyModule.Write(place, "Warm", Functions), EmptyModule.Write(place, "Peer", Functions));
        return Task.FromResult(new Setup(
        [
            new Subject(Kube, () => place.Engine.MeasureAsync("Import.ps1", warm, place.ModulePath)),
            new Subject(Peer, () => place.Engine.MeasureAsync("Import.ps1", warm, peer)),
        ]));
    }
}
