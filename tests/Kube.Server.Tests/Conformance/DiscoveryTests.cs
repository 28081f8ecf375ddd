using System.Text.Json.Nodes;

namespace Kube.Server.Tests.Conformance;

/// <summary>What both servers say of the kinds that both have: what can be done with them, what they are called, and the columns of their tables.</summary>
public sealed class DiscoveryTests(TwoServers servers) : IClassFixture<TwoServers>
{
    const string Table = "application/json;as=Table;g=meta.k8s.io;v=v1";

    // What docs/server.md tells, and what came or changed after 1.20.
    static readonly HashSet<string> Known =
    [
        "nodes/proxy verbs", "services verbs", "pods/eviction version",
        "persistentvolumes VolumeAttributesClass", "persistentvolumeclaims VolumeAttributesClass", "pods Restarts", "jobs Status", "priorityclasses PreemptionPolicy",
    ];

    [Fact]
    public async Task Resources_are_called_alike_and_do_the_same()
    {
        var surprises = new List<string>();
        var compared = 0;
        await foreach (var (_, name, there, here) in ResourcesAsync())
        {
            compared++;
            surprises.AddRange(((string[])["kind", "namespaced", "group", "version", "verbs", "shortNames", "categories"])
                .Where(field => Text(there[field]) != Text(here[field]) && !Known.Contains($"{name} {field}"))
                .Select(field => $"{name} {field}: {Text(there[field])} there, {Text(here[field])} here"));
        }

        Assert.True(surprises.Count == 0, string.Join("\n", surprises));
        Assert.True(compared > 50, $"{compared} resources compared");
    }

    [Fact]
    public async Task Tables_have_the_same_columns()
    {
        var surprises = new List<string>();
        var compared = 0;
        await foreach (var (path, name, there, _) in ResourcesAsync())
        {
            if (name.Contains('/') || !there["verbs"]!.AsArray().Any(v => v!.ToString() == "list"))
                continue;
            compared++;
            var (real, embedded) = await servers.SendAsync("GET", $"{path}/{name}?limit=1", accept: Table);
            var (expected, actual) = (Columns(real.Json), Columns(embedded.Json));
            surprises.AddRange(expected.Keys.Union(actual.Keys)
                .Where(column => expected.GetValueOrDefault(column) != actual.GetValueOrDefault(column) && !Known.Contains($"{name} {column}"))
                .Select(column => $"{name} {column}: {expected.GetValueOrDefault(column)} there, {actual.GetValueOrDefault(column)} here"));
            if (!expected.Keys.SequenceEqual(actual.Keys.Where(expected.ContainsKey)))
                surprises.Add($"{name}: {string.Join(", ", expected.Keys)} there, {string.Join(", ", actual.Keys)} here");
        }

        Assert.True(surprises.Count == 0, string.Join("\n", surprises));
        Assert.True(compared > 20, $"{compared} tables compared");
    }

    // Each resource of each version that both serve.
    async IAsyncEnumerable<(string Path, string Name, JsonNode There, JsonNode Here)> ResourcesAsync()
    {
        var (real, embedded) = await servers.SendAsync("GET", "/apis");
        foreach (var path in Versions(embedded.Json).Intersect(Versions(real.Json)).Prepend("/api/v1"))
        {
            var (there, here) = await servers.SendAsync("GET", path);
            foreach (var resource in here.Json["resources"]!.AsArray())
            {
                var name = resource!["name"]!.ToString();
                if (there.Json["resources"]!.AsArray().FirstOrDefault(r => r!["name"]!.ToString() == name) is { } same)
                    yield return (path, name, same, resource);
            }
        }
    }

    static IEnumerable<string> Versions(JsonNode groups) =>
        groups["groups"]!.AsArray().SelectMany(g => g!["versions"]!.AsArray()).Select(v => "/apis/" + v!["groupVersion"]);

    static string Text(JsonNode? value) => value is JsonArray list ? string.Join(",", list.Select(v => v!.ToString()).Order(StringComparer.Ordinal)) : value?.ToString() ?? "";

    static Dictionary<string, string> Columns(JsonNode table) =>
        table["columnDefinitions"]!.AsArray().ToDictionary(c => c!["name"]!.ToString(), c => $"{c!["type"]} {c["format"]} {c["priority"]}");
}
