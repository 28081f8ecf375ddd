using System.Diagnostics;
using Kube.Bench.Processes;

namespace Kube.Bench.Benchmarks;

/// <summary>What it costs the embedded server to keep who owns which field (<c>managedFields</c>): the same pods beside some whose owners it is told to forget.</summary>
sealed class OwnersBenchmark : IBenchmark
{
    const string Writes = "1,000 pods, created and given a status", WritesPeer = "the same without managedFields",
        List = "a list of 1,000 pods", ListPeer = "a list without managedFields";

    const int Pods = 1000, Lists = 10;

    public string Name => "owners";

    public string Title => "Owners of fields in the embedded server, seen by a plain HTTP client";

    public IReadOnlyList<Figure> Figures { get; } =
    [
        new("2,000 writes, one after the other", Metric.Time, Writes, WritesPeer, new Aim.PartOfPeer(1.5)),
        new("10 lists of 1,000 pods", Metric.Time, List, ListPeer, new Aim.PartOfPeer(1.75)),
    ];

    public async Task<Setup> PrepareAsync(Place place)
    {
        var server = await BenchServer.StartAsync(place, 1);
        var client = await server.ConnectAsync();
        await PodSeed.PlantInAsync(client, "listed", Pods, withOwners: true);
        await PodSeed.PlantInAsync(client, "listed-without", Pods, withOwners: false);
        var round = 0;
        return new Setup(
        [
            new Subject(Writes, () => WriteAsync(client, $"written-{++round}", withOwners: true)),
            new Subject(WritesPeer, () => WriteAsync(client, $"written-{++round}", withOwners: false)),
            new Subject(List, () => ListAsync(client, "listed")),
            new Subject(ListPeer, () => ListAsync(client, "listed-without")),
        ], server);
    }

    static async Task<Sample> WriteAsync(HttpClient client, string @namespace, bool withOwners) =>
        new(Metric.Time, (await PodSeed.PlantInAsync(client, @namespace, Pods, withOwners)).TotalMilliseconds);

    static async Task<Sample> ListAsync(HttpClient client, string @namespace)
    {
        var watch = Stopwatch.StartNew();
        for (var list = 0; list < Lists; list++) await client.GetByteArrayAsync($"/api/v1/namespaces/{@namespace}/pods");
        return new(Metric.Time, watch.Elapsed.TotalMilliseconds);
    }
}
