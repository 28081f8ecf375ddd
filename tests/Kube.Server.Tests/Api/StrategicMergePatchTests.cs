using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Api.Patches;
using Kube.Server.Kinds.Schemas;

namespace Kube.Server.Tests.Api;

public class StrategicMergePatchTests
{
    static readonly StructSchema PodSpec = SchemaCatalog.Find("", "PodSpec")!;

    static JsonNode Apply(string document, string patch) =>
        StrategicMergePatch.Apply(JsonNode.Parse(document)!.AsObject(), JsonNode.Parse(patch)!.AsObject(), PodSpec);

    [Theory]
    // plain fields, as in a merge patch
    [InlineData("""{"nodeName":"a"}""", """{"hostname":"h","nodeName":null}""", """{"hostname":"h"}""")]
    [InlineData("""{"nodeSelector":{"a":"1"}}""", """{"nodeSelector":{"b":"2","a":null}}""", """{"nodeSelector":{"b":"2"}}""")]
    // lists merge by their key
    [InlineData("""{"containers":[{"name":"a","image":"1"},{"name":"b","image":"2"}]}""", """{"containers":[{"name":"b","image":"3"}]}""",
        """{"containers":[{"name":"a","image":"1"},{"name":"b","image":"3"}]}""")]
    [InlineData("""{"containers":[{"name":"a"}]}""", """{"containers":[{"name":"b","image":"x","command":null}]}""",
        """{"containers":[{"name":"b","image":"x"},{"name":"a"}]}""")]
    [InlineData("""{"containers":[{"name":"a"},{"name":"b"}]}""", """{"containers":[{"name":"a","$patch":"delete"}]}""", """{"containers":[{"name":"b"}]}""")]
    [InlineData("""{"containers":[{"name":"a"},{"name":"b"}]}""", """{"containers":[{"$patch":"replace"},{"name":"c"}]}""", """{"containers":[{"name":"c"}]}""")]
    [InlineData("""{}""", """{"containers":[{"name":"b","image":"x"},{"name":"z","$patch":"delete"}]}""", """{"containers":[{"name":"b","image":"x"}]}""")]
    // nested lists, each by its own key
    [InlineData("""{"containers":[{"name":"a","env":[{"name":"X","value":"1"},{"name":"Y","value":"2"}],"ports":[{"containerPort":80}]}]}""",
        """{"containers":[{"name":"a","env":[{"name":"Y","value":"3"}],"ports":[{"containerPort":80,"name":"web"}]}]}""",
        """{"containers":[{"name":"a","env":[{"name":"X","value":"1"},{"name":"Y","value":"3"}],"ports":[{"containerPort":80,"name":"web"}]}]}""")]
    // lists without a key are replaced
    [InlineData("""{"tolerations":[{"key":"a"}]}""", """{"tolerations":[{"key":"b"}]}""", """{"tolerations":[{"key":"b"}]}""")]
    [InlineData("""{"containers":[{"name":"a","args":["1","2"]}]}""", """{"containers":[{"name":"a","args":["3"]}]}""", """{"containers":[{"name":"a","args":["3"]}]}""")]
    // order
    [InlineData("""{"containers":[{"name":"a"},{"name":"b"},{"name":"c"}]}""", """{"$setElementOrder/containers":[{"name":"c"},{"name":"a"},{"name":"b"}],"containers":[{"name":"a","image":"x"}]}""",
        """{"containers":[{"name":"c"},{"name":"a","image":"x"},{"name":"b"}]}""")]
    [InlineData("""{"containers":[{"name":"a"},{"name":"side"},{"name":"b"}]}""", """{"$setElementOrder/containers":[{"name":"a"},{"name":"b"},{"name":"new"}],"containers":[{"name":"new"}]}""",
        """{"containers":[{"name":"a"},{"name":"side"},{"name":"b"},{"name":"new"}]}""")]
    // retainKeys
    [InlineData("""{"volumes":[{"name":"v","emptyDir":{}}]}""", """{"volumes":[{"name":"v","$retainKeys":["name","hostPath"],"hostPath":{"path":"/x"}}]}""",
        """{"volumes":[{"name":"v","hostPath":{"path":"/x"}}]}""")]
    // directives for objects
    [InlineData("""{"securityContext":{"runAsUser":1,"fsGroup":2}}""", """{"securityContext":{"$patch":"replace","fsGroup":3}}""", """{"securityContext":{"fsGroup":3}}""")]
    [InlineData("""{"securityContext":{"runAsUser":1}}""", """{"securityContext":{"$patch":"delete"}}""", """{"securityContext":{}}""")]
    [InlineData("""{}""", """{"securityContext":{"runAsUser":1,"fsGroup":null}}""", """{"securityContext":{"runAsUser":1}}""")]
    public void It_merges_by_the_schema(string document, string patch, string expected) =>
        Assert.Equal(expected, Apply(document, patch).ToJsonString());

    [Fact]
    public void Plain_values_merge_as_a_set_and_leave_by_name()
    {
        var metadata = SchemaCatalog.ObjectMeta;
        JsonNode Apply(string document, string patch) => StrategicMergePatch.Apply(JsonNode.Parse(document)!.AsObject(), JsonNode.Parse(patch)!.AsObject(), metadata);
        Assert.Equal("""{"finalizers":["a","b","c"]}""", Apply("""{"finalizers":["a","b"]}""", """{"finalizers":["b","c"]}""").ToJsonString());
        Assert.Equal("""{"finalizers":["b"]}""", Apply("""{"finalizers":["a","b"]}""", """{"$deleteFromPrimitiveList/finalizers":["a"]}""").ToJsonString());
        Assert.Equal("""{"finalizers":["c","b"]}""", Apply("""{"finalizers":["a","b"]}""",
            """{"$deleteFromPrimitiveList/finalizers":["a"],"$setElementOrder/finalizers":["c","b"],"finalizers":["c"]}""").ToJsonString());
    }

    [Theory]
    [InlineData("""{"containers":[{"image":"x"}]}""", "does not contain declared merge key: name")]
    [InlineData("""{"containers":["x"]}""", "must be an object")]
    [InlineData("""{"$patch":"explode"}""", "unknown patch directive")]
    [InlineData("""{"$retainKeys":["a"],"hostname":"h"}""", "invalid patch format of retainKeys")]
    [InlineData("""{"$setElementOrder/containers":"x","containers":[]}""", "expected a list, but received string")]
    [InlineData("""{"$setElementOrder/containers":[{"name":"b"},{"name":"a"}],"containers":[{"name":"a"},{"name":"b"}]}""", "doesn't match $setElementOrder/containers")]
    [InlineData("""{"$setElementOrder/containers":[{"name":"a"}],"containers":null}""", "expected a list, but received null")]
    [InlineData("""{"containers":[{"name":"a","$patch":"merge"}]}""", "merging lists")]
    public void A_malformed_patch_is_a_bad_request(string patch, string words)
    {
        var e = Assert.Throws<StatusException>(() => Apply("""{"containers":[{"name":"a"}]}""", patch));
        Assert.Equal(400, e.Status.Code);
        Assert.Contains(words, e.Message);
    }
}
