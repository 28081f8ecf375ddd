using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Api.Patches;
using static Kube.Server.Tests.Api.Samples;

namespace Kube.Server.Tests.Api;

public class PatchTests
{
    [Theory]
    [InlineData("""{"a":1}""", """[{"op":"add","path":"/b","value":2}]""", """{"a":1,"b":2}""")]
    [InlineData("""{"a":1}""", """[{"op":"add","path":"/a","value":null}]""", """{"a":null}""")]
    [InlineData("""{"a":[1,3]}""", """[{"op":"add","path":"/a/1","value":2}]""", """{"a":[1,2,3]}""")]
    [InlineData("""{"a":[1]}""", """[{"op":"add","path":"/a/-","value":2},{"op":"add","path":"/a/2","value":3}]""", """{"a":[1,2,3]}""")]
    [InlineData("""{"a":[1]}""", """[{"op":"add","path":"/a/0","value":{"x":[]}}]""", """{"a":[{"x":[]},1]}""")]
    [InlineData("""{"a":1,"b":2}""", """[{"op":"remove","path":"/a"}]""", """{"b":2}""")]
    [InlineData("""{"a":[1,2,3]}""", """[{"op":"remove","path":"/a/1"}]""", """{"a":[1,3]}""")]
    [InlineData("""{"a":1}""", """[{"op":"replace","path":"/a","value":{"b":2}}]""", """{"a":{"b":2}}""")]
    [InlineData("""{"a":{"b":1},"c":{}}""", """[{"op":"move","from":"/a/b","path":"/c/d"}]""", """{"a":{},"c":{"d":1}}""")]
    [InlineData("""{"a":[1,2,3]}""", """[{"op":"move","from":"/a/0","path":"/a/2"}]""", """{"a":[2,3,1]}""")]
    [InlineData("""{"a":{"b":[1]}}""", """[{"op":"copy","from":"/a","path":"/c"},{"op":"add","path":"/c/b/-","value":2}]""", """{"a":{"b":[1]},"c":{"b":[1,2]}}""")]
    [InlineData("""{"a/b":1,"m~n":2}""", """[{"op":"replace","path":"/a~1b","value":3},{"op":"replace","path":"/m~0n","value":4}]""", """{"a/b":3,"m~n":4}""")]
    [InlineData("""{"":1}""", """[{"op":"test","path":"/","value":1},{"op":"remove","path":"/"}]""", "{}")]
    [InlineData("""{"a":{"b":1,"c":[2]}}""", """[{"op":"test","path":"/a","value":{"c":[2],"b":1}},{"op":"add","path":"/ok","value":true}]""", """{"a":{"b":1,"c":[2]},"ok":true}""")]
    [InlineData("""{"a":1}""", """[{"op":"replace","path":"","value":{"b":2}}]""", """{"b":2}""")]
    [InlineData("""{"a":"10"}""", """[{"op":"test","path":"/a","value":"10"}]""", """{"a":"10"}""")]
    public void A_json_patch_does_what_rfc_6902_says(string document, string patch, string expected)
    {
        var result = JsonPatch.Parse(System.Text.Encoding.UTF8.GetBytes(patch)).Apply(JsonNode.Parse(document)!.AsObject());
        Assert.Equal(expected, result!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"a":1}""", """[{"op":"remove","path":"/b"}]""")]
    [InlineData("""{"a":1}""", """[{"op":"replace","path":"/b","value":1}]""")]
    [InlineData("""{"a":1}""", """[{"op":"add","path":"/b/c","value":1}]""")]
    [InlineData("""{"a":1}""", """[{"op":"add","path":"/a/c","value":1}]""")]
    [InlineData("""{"a":[1]}""", """[{"op":"add","path":"/a/2","value":1}]""")]
    [InlineData("""{"a":[1]}""", """[{"op":"add","path":"/a/01","value":1}]""")]
    [InlineData("""{"a":[1]}""", """[{"op":"add","path":"/a/+1","value":1}]""")]
    [InlineData("""{"a":[1]}""", """[{"op":"remove","path":"/a/-"}]""")]
    [InlineData("""{"a":[1]}""", """[{"op":"remove","path":"/a/99999999999"}]""")]
    [InlineData("""{"a":"10"}""", """[{"op":"test","path":"/a","value":10}]""")]
    [InlineData("""{"a":1}""", """[{"op":"test","path":"/b","value":null}]""")]
    [InlineData("""{"a":{"b":1}}""", """[{"op":"move","from":"/a","path":"/a/b"}]""")]
    [InlineData("""{"a":1}""", """[{"op":"copy","from":"/x","path":"/y"}]""")]
    public void An_operation_that_does_not_fit_is_invalid(string document, string patch)
    {
        var e = Assert.Throws<StatusException>(() => JsonPatch.Parse(System.Text.Encoding.UTF8.GetBytes(patch)).Apply(JsonNode.Parse(document)!.AsObject()));
        Assert.Equal((422, "Invalid"), (e.Status.Code, e.Status.Reason));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""[{"op":"increment","path":"/a"}]""")]
    [InlineData("""[{"op":"add","value":1}]""")]
    [InlineData("""[{"op":"add","path":"/a"}]""")]
    [InlineData("""[{"op":"move","path":"/a"}]""")]
    [InlineData("""[{"op":"remove","path":"a"}]""")]
    public void What_is_no_json_patch_is_a_bad_request(string patch)
    {
        var e = Assert.Throws<StatusException>(() => JsonPatch.Parse(System.Text.Encoding.UTF8.GetBytes(patch)));
        Assert.Equal(400, e.Status.Code);
    }

    // The table of RFC 7386, appendix A, as far as the document is an object.
    [Theory]
    [InlineData("""{"a":"b"}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"b":"c"}""", """{"a":"b","b":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"a":null}""", "{}")]
    [InlineData("""{"a":"b","b":"c"}""", """{"a":null}""", """{"b":"c"}""")]
    [InlineData("""{"a":["b"]}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"c"}""", """{"a":["b"]}""", """{"a":["b"]}""")]
    [InlineData("""{"a":{"b":"c"}}""", """{"a":{"b":"d","c":null}}""", """{"a":{"b":"d"}}""")]
    [InlineData("""{"a":[{"b":"c"}]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("""{"e":null}""", """{"a":1}""", """{"e":null,"a":1}""")]
    [InlineData("{}", """{"a":{"bb":{"ccc":null}}}""", """{"a":{"bb":{}}}""")]
    [InlineData("""{"a":1}""", """{"a":{"b":{"c":2}}}""", """{"a":{"b":{"c":2}}}""")]
    public void A_merge_patch_does_what_rfc_7386_says(string document, string patch, string expected) =>
        Assert.Equal(expected, MergePatch.Apply(JsonNode.Parse(document), JsonNode.Parse(patch))!.ToJsonString());

    [Fact]
    public async Task All_operations_happen_or_none()
    {
        await using var api = await TestApi.StartAsync();
        var before = (await api.PostAsync(ConfigMaps, ConfigMap("a", rest: "\"data\":{\"k\":\"1\"}"))).Expect(201);
        Task<Answer> Patch(string patch) => api.SendAsync("PATCH", ConfigMaps + "/a", patch, "application/json-patch+json");
        (await Patch("""[{"op":"replace","path":"/data/k","value":"2"},{"op":"remove","path":"/data/none"}]""")).Expect(422);
        Assert.Equal(before.Text, (await api.GetAsync(ConfigMaps + "/a")).Text);
        Assert.Equal("2", (await Patch("""[{"op":"test","path":"/data/k","value":"1"},{"op":"replace","path":"/data/k","value":"2"}]""")).Expect(200).Json["data"]!["k"]!.ToString());
        (await Patch("nonsense")).Expect(400);
    }

    [Fact]
    public async Task A_patch_that_names_a_version_wants_that_version()
    {
        await using var api = await TestApi.StartAsync();
        var version = (await api.PostAsync(ConfigMaps, ConfigMap("a"))).Expect(201).Version;
        (await api.MergeAsync(ConfigMaps + "/a", $$$"""{"metadata":{"resourceVersion":"{{{version}}}"},"data":{"k":"1"}}""")).Expect(200);
        (await api.MergeAsync(ConfigMaps + "/a", $$$"""{"metadata":{"resourceVersion":"{{{version}}}"},"data":{"k":"2"}}""")).Expect(409);
    }

    [Theory]
    [InlineData("application/merge-patch+json", """{"metadata":{"name":"b"}}""", 400)]
    [InlineData("application/merge-patch+json", """{"data":{"k":5}}""", 422)]
    [InlineData("application/merge-patch+json", """{"data":{"a b":"x"}}""", 422)]
    [InlineData("application/merge-patch+json", "[]", 400)]
    [InlineData("application/merge-patch+json", """{"data":{"k":"1","k":"2"}}""", 400)]
    [InlineData("application/strategic-merge-patch+json", """{"data":{"k":"1","k":"2"}}""", 400)]
    [InlineData("application/strategic-merge-patch+json", """{"metadata":{"ownerReferences":[{"name":"x"}]}}""", 422)]
    [InlineData("application/json", "{}", 415)]
    [InlineData("application/apply-patch+yaml", "{}", 422)]
    [InlineData("application/apply-patch+cbor", "{}", 415)]
    public async Task A_patch_that_makes_no_valid_object_is_refused(string type, string patch, int code)
    {
        await using var api = await TestApi.StartAsync();
        var before = (await api.PostAsync(ConfigMaps, ConfigMap("a"))).Expect(201);
        (await api.SendAsync("PATCH", ConfigMaps + "/a", patch, type)).Expect(code);
        Assert.Equal(before.Text, (await api.GetAsync(ConfigMaps + "/a")).Text);
    }
}
