using static Kube.Server.Tests.Api.Samples;

namespace Kube.Server.Tests.Api;

public class FieldValidationTests
{
    static readonly string Odd = Pod("a", spec: "\"foo\":1,\"nodeName\":\"x\",\"nodeName\":\"y\"");

    [Fact]
    public async Task Strict_refuses_and_creates_nothing()
    {
        await using var api = await TestApi.StartAsync();
        Assert.Equal("Pod in version \"v1\" cannot be handled as a Pod: strict decoding error: unknown field \"spec.foo\", duplicate field \"spec.nodeName\"",
            (await api.PostAsync(Pods + "?fieldValidation=Strict", Odd)).Expect(400).Message);
        (await api.GetAsync(Pods + "/a")).Expect(404);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?fieldValidation=Warn")]
    public async Task Warn_creates_and_warns(string query)
    {
        await using var api = await TestApi.StartAsync();
        var answer = (await api.PostAsync(Pods + query, Odd)).Expect(201);
        Assert.Equal("299 - \"unknown field \\\"spec.foo\\\"\"|299 - \"duplicate field \\\"spec.nodeName\\\"\"", answer.Headers["Warning"]);
        Assert.Null(answer.Json["spec"]!["foo"]);
        Assert.Equal("y", answer.Json["spec"]!["nodeName"]!.ToString());
    }

    [Fact]
    public async Task Ignore_says_nothing()
    {
        await using var api = await TestApi.StartAsync();
        Assert.False((await api.PostAsync(Pods + "?fieldValidation=Ignore", Odd)).Expect(201).Headers.ContainsKey("Warning"));
    }

    [Fact]
    public async Task Patches_and_replacements_are_judged_too()
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(ConfigMaps, ConfigMap("a"));
        var strict = (await api.MergeAsync(ConfigMaps + "/a?fieldValidation=Strict", """{"colour":"red"}""")).Expect(422);
        Assert.StartsWith(" \"\" is invalid: patch: Invalid value: \"{", strict.Message);
        Assert.EndsWith("strict decoding error: unknown field \"colour\"", strict.Message);
        Assert.Contains("unknown field \\\"colour\\\"", (await api.MergeAsync(ConfigMaps + "/a", """{"colour":"red"}""")).Expect(200).Headers["Warning"]);
        (await api.PutAsync(ConfigMaps + "/a?fieldValidation=Strict", ConfigMap("a", rest: "\"colour\":1"))).Expect(400);
    }

    [Fact]
    public async Task An_unknown_directive_is_refused_where_it_matters()
    {
        await using var api = await TestApi.StartAsync();
        Assert.Equal("CreateOptions.meta.k8s.io \"\" is invalid: fieldValidation: Unsupported value: \"Maybe\": supported values: \"Ignore\", \"Strict\", \"Warn\"",
            (await api.PostAsync(ConfigMaps + "?fieldValidation=Maybe", ConfigMap("a"))).Expect(422).Message);
    }
}
