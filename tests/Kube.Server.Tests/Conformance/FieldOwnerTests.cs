using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Kube.Server.Tests.Api;

namespace Kube.Server.Tests.Conformance;

/// <summary>
/// Server-side apply by several managers, mixed with patches, on the same object of both servers: after each step documents, owners and conflicts are the same.
/// </summary>
public sealed class FieldOwnerTests(TwoServers servers) : IClassFixture<TwoServers>
{
    const string Apply = "application/apply-patch+yaml";
    const string CronJobs = "/apis/batch/v1/namespaces/NS/cronjobs";
    const string ConfigMaps = "/api/v1/namespaces/NS/configmaps";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Three_managers_of_a_cron_job_get_the_same(int seed)
    {
        var random = new Random(seed);
        var path = $"{CronJobs}/c{seed}";
        JsonNode? live = null;
        try
        {
            for (var step = 0; step < 25; step++)
            {
                var manager = $"m{random.Next(3)}";
                var applies = random.Next(100) < 80 || step == 0;
                var document = CronJob(random, $"c{seed}", step == 0);
                var (query, body, type) = applies
                    ? ($"?fieldManager={manager}&force={(random.Next(100) < 50 ? "true" : "false")}", document, Apply)
                    : ($"?fieldManager={manager}", Patch(random, labelled: live?["metadata"]!["labels"] is not null), "application/merge-patch+json");
                live = await CompareAsync("PATCH", path, query, body, type, "v1beta1", $"step {step} of seed {seed}") ?? live;
            }
        }
        finally
        {
            // Nobody else would take its finalizers away, and the namespace would stay for ever.
            await servers.SendAsync("PATCH", path, """{"metadata":{"finalizers":null}}""", "application/merge-patch+json", "v1beta1");
        }
    }

    [Theory]
    [InlineData("a", """{"data":{"x":"1","y":"1"}}""", "b", """{"data":{"x":"1"}}""", "a", """{"data":{"y":"2"}}""", "b", """{"data":{"y":"2"}}""")]
    [InlineData("a", """{"data":{"x":"1"}}""", "b", """{"data":{"x":"2"}}""", "b", """{"data":{"z":"2"}}""", "a", "{}")]
    [InlineData("a", """{"binaryData":{"x":"eA=="},"immutable":false}""", "b", """{"immutable":false}""", "a", """{"immutable":true}""", "b", """{"immutable":true}""")]
    public async Task Managers_of_a_config_map_get_the_same(params string[] steps)
    {
        var name = "m" + Guid.NewGuid().ToString("N")[..8];
        for (var i = 0; i < steps.Length; i += 2)
        {
            var document = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "ConfigMap", ["metadata"] = new JsonObject { ["name"] = name } };
            foreach (var (field, value) in JsonNode.Parse(steps[i + 1])!.AsObject())
                document[field] = value?.DeepClone();
            await CompareAsync("PATCH", $"{ConfigMaps}/{name}", $"?fieldManager={steps[i]}", document.ToJsonString(), Apply, null, $"step {i / 2}: {steps[i]} applies {steps[i + 1]}");
        }
    }

    // The object as both have it now; null where they refused.
    async Task<JsonNode?> CompareAsync(string method, string path, string query, string body, string type, string? oldVersion, string which)
    {
        var (real, embedded) = await servers.SendAsync(method, path + query, body, type, oldVersion);
        // 1.20 has the paths of several conflicts share their memory, so that it names fields that there are not: that there is a conflict must do.
        var differences = real.Code == 409 && embedded.Code == 409 ? []
            : Difference.OfFailures(WithoutPlaces(real), WithoutPlaces(embedded)) is { } failure ? [failure]
            : real.Code >= 300 ? []
            : Difference.OfDocuments(Document(real.Json), Document(embedded.Json)).ToList();
        Assert.True(differences.Count == 0, $"{which}: {query} {body}\n{string.Join("\n", differences)}");
        return embedded.Code < 300 ? embedded.Json : null;
    }

    // 1.20 lays the items of two lists together in an order of its own, not in that of 1.24 and later.
    static Answer WithoutPlaces(Answer failure) => failure with { Text = Regex.Replace(failure.Text, @"\[\d+\]", "[]") };

    static JsonNode? Ordered(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Select(f => KeyValuePair.Create(f.Key, Ordered(f.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Ordered).OrderBy(i => ((i as JsonObject)?["name"] ?? (i as JsonObject)?["ip"] ?? i)?.ToJsonString(), StringComparer.Ordinal)]),
        _ => node?.DeepClone(),
    };

    JsonNode Document(JsonNode document)
    {
        var plain = servers.Plain(document)!.AsObject();
        plain.Remove("status");
        // Their order goes by the time, which the two have not in common.
        if (plain["metadata"]!["managedFields"] is JsonArray owners)
            plain["metadata"]!["managedFields"] = new JsonArray([.. owners.OrderBy(o => $"{o!["manager"]} {o["operation"]}", StringComparer.Ordinal).Select(o => o!.DeepClone())]);
        return Ordered(plain)!;
    }

    // Every manager wants some of the same fields: a set, maps, lists by one key and by two, lists that are whole, and a deep struct.
    static string CronJob(Random random, string name, bool whole)
    {
        bool Takes() => whole || random.Next(100) < 50;
        string Value() => random.Next(3).ToString();
        var spec = new JsonObject { ["schedule"] = "0 0 1 1 *", ["suspend"] = true };
        if (Takes())
            spec["successfulJobsHistoryLimit"] = random.Next(3);
        var pod = new JsonObject { ["restartPolicy"] = "Never", ["containers"] = new JsonArray([.. new[] { "a", "b", "c" }.Where(c => c == "a" || Takes()).Select(c => (JsonNode)Container(c, Takes, Value))]) };
        if (Takes())
            pod["tolerations"] = new JsonArray(new JsonObject { ["key"] = Value(), ["operator"] = "Exists" });
        if (Takes())
            pod["hostAliases"] = new JsonArray(new JsonObject { ["ip"] = "1.1.1." + Value(), ["hostnames"] = new JsonArray("h" + Value()) });
        if (Takes())
            pod["securityContext"] = new JsonObject { ["runAsUser"] = random.Next(3), ["supplementalGroups"] = new JsonArray(random.Next(3)) };
        spec["jobTemplate"] = new JsonObject { ["spec"] = new JsonObject { ["template"] = new JsonObject { ["spec"] = pod } } };
        var metadata = new JsonObject { ["name"] = name };
        if (Takes())
            metadata["labels"] = new JsonObject { ["l" + Value()] = Value() };
        if (Takes())
            metadata["annotations"] = new JsonObject { ["a"] = Value(), ["b" + Value()] = "1" };
        if (Takes())
            metadata["finalizers"] = new JsonArray("x.y/f" + Value());
        return new JsonObject { ["apiVersion"] = "batch/v1", ["kind"] = "CronJob", ["metadata"] = metadata, ["spec"] = spec }.ToJsonString();
    }

    static JsonObject Container(string name, Func<bool> takes, Func<string> value)
    {
        var container = new JsonObject { ["name"] = name, ["image"] = "i:" + value() };
        if (takes())
            container["env"] = new JsonArray(new JsonObject { ["name"] = "E" + value(), ["value"] = value() });
        if (takes())
            container["ports"] = new JsonArray(new JsonObject { ["containerPort"] = 80, ["protocol"] = value() == "0" ? "UDP" : "TCP", ["name"] = "p" + value() });
        if (takes())
            container["command"] = new JsonArray("c" + value());
        if (takes())
            container["resources"] = new JsonObject { ["limits"] = new JsonObject { ["cpu"] = "1" + value() } };
        return container;
    }

    // Who patches labels into an object that has none owns the map, too, which 1.20 (and nobody since 1.22) takes later for all that is in it then.
    static string Patch(Random random, bool labelled) => random.Next(6) switch
    {
        0 when labelled => """{"metadata":{"labels":{"l1":"patched"}}}""",
        1 => """{"metadata":{"annotations":{"a":null}}}""",
        2 => """{"spec":{"successfulJobsHistoryLimit":7}}""",
        3 => """{"spec":{"jobTemplate":{"spec":{"template":{"spec":{"tolerations":null}}}}}}""",
        4 => """{"spec":{"jobTemplate":{"spec":{"template":{"spec":{"containers":[{"name":"a","image":"patched:1"},{"name":"z","image":"z:1"}]}}}}}}""",
        _ => """{"metadata":{"finalizers":null}}""",
    };
}
