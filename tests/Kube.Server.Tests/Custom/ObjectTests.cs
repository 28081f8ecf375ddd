using System.Text.Json.Nodes;
using Kube.Server.Tests.Api;

namespace Kube.Server.Tests.Custom;

/// <summary>
/// Custom resources, right and wrong, and what Kubernetes 1.20 makes of them (<c>Cases/objects.json</c>): the object as it is kept, the faults, or the
/// message. Where this server says something else on purpose, <c>here</c> has it and <c>because</c> the reason.
/// </summary>
public class ObjectTests(ObjectTests.Fixture fixture) : IClassFixture<ObjectTests.Fixture>
{
    static readonly JsonObject File = JsonNode.Parse(System.IO.File.ReadAllText(DefinitionCases.Path("objects.json")))!.AsObject();

    public static TheoryData<string> Names => [.. Cases.Select(c => c["name"]!.ToString())];

    static IEnumerable<JsonObject> Cases => File["cases"]!.AsArray().Select(c => c!.AsObject());

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_object_is_taken_or_refused_as_Kubernetes_does(string name)
    {
        var one = Cases.Single(c => c["name"]!.ToString() == name);
        var answer = await fixture.Api.PostAsync("/apis/cases.example.com/v1/namespaces/default/widgets?dryRun=All", Build(one["object"]!.AsObject()).ToJsonString());
        var expected = (one["here"] ?? one["kubernetes"])!;
        switch (expected)
        {
            case { } taken when taken["result"] is { } result:
                answer.Expect(201);
                var rest = answer.Json.AsObject();
                foreach (var own in (string[])["kind", "apiVersion", "metadata"])
                    rest.Remove(own);
                Assert.True(JsonNode.DeepEquals(result, rest), $"expected {result.ToJsonString()}, got {rest.ToJsonString()}");
                break;
            case { } refused when refused["faults"] is { } faults:
                answer.Expect(422);
                Assert.Equal(faults.AsArray().Select(f => f!.ToString()).Order(StringComparer.Ordinal), DefinitionCases.Faults(answer.Json));
                break;
            default:
                Assert.Equal((400, expected["message"]!.ToString()), (answer.Code, answer.Message));
                break;
        }
    }

    static JsonObject Build(JsonObject changes)
    {
        var item = new JsonObject { ["apiVersion"] = "cases.example.com/v1", ["kind"] = "Widget", ["metadata"] = new JsonObject { ["name"] = "w" } };
        foreach (var (field, value) in changes)
        {
            if (value is null && field is "kind" or "apiVersion")
                item.Remove(field);
            else
                item[field] = value?.DeepClone();
        }

        return item;
    }

    public sealed class Fixture : IAsyncLifetime
    {
        const string Definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

        internal TestApi Api { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Api = await TestApi.StartAsync();
            (await Api.PostAsync(Definitions, File["definition"]!.ToJsonString())).Expect(201);
            (await Api.MergeAsync(Definitions + "/widgets.cases.example.com/status",
                """{"status":{"acceptedNames":{"plural":"widgets","kind":"Widget"},"conditions":[{"type":"Established","status":"True"}]}}""")).Expect(200);
        }

        public ValueTask DisposeAsync() => Api.DisposeAsync();
    }
}
