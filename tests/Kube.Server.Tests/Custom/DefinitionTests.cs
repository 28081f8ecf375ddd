using Kube.Server.Tests.Api;

namespace Kube.Server.Tests.Custom;

/// <summary>What is said of definitions, beside what Kubernetes says of them.</summary>
public class DefinitionTests(DefinitionTests.Fixture fixture) : IClassFixture<DefinitionTests.Fixture>
{
    const string Path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

    public static TheoryData<string> Names => [.. DefinitionCases.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_definition_is_taken_or_refused_as_Kubernetes_does(string name)
    {
        var one = DefinitionCases.Case(name);
        var answer = await fixture.Api.PostAsync(Path + "?dryRun=All", DefinitionCases.Build(one).ToJsonString());
        var expected = DefinitionCases.Expected(one, one.ContainsKey("here") ? "here" : "faults");
        Assert.Equal(expected.Order(StringComparer.Ordinal), DefinitionCases.Faults(answer.Json));
        Assert.Equal(expected.Length == 0 ? 201 : 422, answer.Code);
    }

    [Fact]
    public async Task What_a_definition_leaves_out_is_filled_in()
    {
        var definition = (await fixture.Api.PostAsync(Path + "?dryRun=All", DefinitionCases.Build(DefinitionCases.Case("names that say less")).ToJsonString())).Expect(201).Json;
        Assert.Equal(("widget", "WidgetList", "None"),
            (definition["spec"]!["names"]!["singular"]!.ToString(), definition["spec"]!["names"]!["listKind"]!.ToString(), definition["spec"]!["conversion"]!["strategy"]!.ToString()));
        Assert.Equal("""{"conditions":[],"acceptedNames":{"plural":"","kind":""},"storedVersions":["v1"]}""", definition["status"]!.ToJsonString());
        Assert.Equal("1", definition["metadata"]!["generation"]!.ToString());
    }

    public sealed class Fixture : IAsyncLifetime
    {
        internal TestApi Api { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Api = await TestApi.StartAsync();

        public ValueTask DisposeAsync() => Api.DisposeAsync();
    }
}
