using System.Text.Json.Nodes;

namespace Kube.Server.Tests.Conformance;

/// <summary>
/// Good and bad objects of the kinds, tried on both servers: some two thousand, each different from a good one in one place. Code, reason and the fields at
/// fault are the same, or docs/server.md says that they are not.
/// </summary>
public sealed class ObjectTests(TwoServers servers) : IClassFixture<TwoServers>
{
    static readonly JsonArray Objects = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Conformance", "Objects.json")))!.AsArray();

    public static TheoryData<string> Kinds => [.. Objects.Select(o => o!["document"]!["kind"]!.ToString())];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_is_wrong_with_an_object_is_the_same_on_both(string kind)
    {
        var entry = Objects.Single(o => o!["document"]!["kind"]!.ToString() == kind)!;
        var (resource, known) = (entry["resource"]!.ToString(), KnownDifferences.Of(kind));
        var at = resource.LastIndexOf('/');
        var path = $"/{(resource.StartsWith("v1/", StringComparison.Ordinal) ? "api" : "apis")}/{resource[..at]}{(entry["namespaced"]!.GetValue<bool>() ? "/namespaces/NS" : "")}{resource[at..]}?dryRun=All";
        var surprises = new List<string>();
        foreach (var (field, what, document) in Mutations.Of(entry["document"]!.AsObject()))
        {
            var (real, embedded) = await servers.SendAsync("POST", path, document.ToJsonString(), oldVersion: entry["oldVersion"]?.ToString());
            if (Difference.OfFailures(real, embedded) is { } difference && !known.Covers(field))
                surprises.Add($"{field} {what}: {difference}");
        }

        Assert.True(surprises.Count == 0, $"{surprises.Count} differences of {kind}:\n" + string.Join("\n", surprises));
        Assert.Empty(known.Unmet);
    }
}
