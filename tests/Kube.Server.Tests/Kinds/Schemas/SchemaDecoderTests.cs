using System.Text.Json;
using Kube.Server.Api;
using Kube.Server.Kinds.Schemas;

namespace Kube.Server.Tests.Kinds.Schemas;

public class SchemaDecoderTests
{
    static (string Json, IReadOnlyList<string> Faults) Decode(string type, string json)
    {
        var decoder = new SchemaDecoder();
        using var document = JsonDocument.Parse(json);
        var decoded = decoder.ReadObject(document.RootElement, SchemaCatalog.Find("", type)!);
        return (decoded.ToJsonString(JsonText.NodeOptions), decoder.StrictFaults);
    }

    [Theory]
    // order of the schema, nulls and unset zeros left out, structs that are always there filled in
    [InlineData("ContainerPort", """{"protocol":"TCP","containerPort":80,"name":"","hostPort":0}""", """{"containerPort":80,"protocol":"TCP"}""")]
    [InlineData("EnvVar", """{"value":null,"name":"a"}""", """{"name":"a"}""")]
    [InlineData("Container", """{"image":"i","name":"c"}""", """{"name":"c","image":"i","resources":{}}""")]
    [InlineData("Container", """{"name":"c","command":[],"stdin":false,"tty":true}""", """{"name":"c","resources":{},"tty":true}""")]
    // zeros that mean something are kept
    [InlineData("PodSpec", """{"containers":[],"terminationGracePeriodSeconds":0,"automountServiceAccountToken":false}""", """{"containers":[],"terminationGracePeriodSeconds":0,"automountServiceAccountToken":false}""")]
    // canonical values
    [InlineData("ResourceRequirements", """{"limits":{"cpu":0.5,"memory":"1024Mi","x/y":1}}""", """{"limits":{"cpu":"500m","memory":"1Gi","x/y":"1"}}""")]
    [InlineData("ContainerStateRunning", """{"startedAt":"2026-01-02T03:04:05.678+02:00"}""", """{"startedAt":"2026-01-02T01:04:05Z"}""")]
    [InlineData("Secret", """{"data":{"a":"aGk="}}""", """{"metadata":{},"data":{"a":"aGk="}}""")]
    // numbers or texts
    [InlineData("TCPSocketAction", """{"port":80}""", """{"port":80}""")]
    [InlineData("TCPSocketAction", """{"port":"web"}""", """{"port":"web"}""")]
    // inlined types are flat
    [InlineData("Volume", """{"emptyDir":{},"name":"v"}""", """{"name":"v","emptyDir":{}}""", true)]
    [InlineData("SecretKeySelector", """{"name":"s","key":"k"}""", """{"name":"s","key":"k"}""")]
    // null in a list or a map is the zero value
    [InlineData("ConfigMap", """{"data":{"a":null}}""", """{"metadata":{},"data":{"a":""}}""")]
    public void A_document_is_read_as_kubernetes_types_would_write_it(string type, string json, string expected, bool anyOrder = false)
    {
        var (decoded, faults) = Decode(type, json);
        Assert.Empty(faults);
        if (anyOrder)
            Assert.True(System.Text.Json.Nodes.JsonNode.DeepEquals(System.Text.Json.Nodes.JsonNode.Parse(expected), System.Text.Json.Nodes.JsonNode.Parse(decoded)), decoded);
        else
            Assert.Equal(expected, decoded);
    }

    [Theory]
    [InlineData("""{"spec":{"foo":1}}""", "unknown field \"spec.foo\"")]
    [InlineData("""{"spec":{"containers":[{"name":"a"},{"imagee":"x"}]}}""", "unknown field \"spec.containers[1].imagee\"")]
    [InlineData("""{"foo":{},"bar":1}""", "unknown field \"foo\"|unknown field \"bar\"")]
    [InlineData("""{"spec":{"nodeName":"a","nodeName":"b"}}""", "duplicate field \"spec.nodeName\"")]
    [InlineData("""{"metadata":{"labels":{"a":"1","a":"2"}}}""", "duplicate field \"metadata.labels.a\"")]
    [InlineData("""{"kind":"Pod","kind":"Pod"}""", "duplicate field \"kind\"")]
    [InlineData("""{"Spec":{}}""", "unknown field \"Spec\"")]
    [InlineData("""{"spec":{"containers":[{"kind":"x"}]}}""", "unknown field \"spec.containers[0].kind\"")]
    public void What_is_unknown_or_twice_is_remembered(string json, string faults) =>
        Assert.Equal(faults.Split('|'), Decode("Pod", json).Faults);

    [Fact]
    public void The_last_of_two_counts() =>
        Assert.Contains("\"nodeName\":\"b\"", Decode("Pod", """{"spec":{"nodeName":"a","nodeName":"b"}}""").Json);

    [Theory]
    [InlineData("""{"spec":[]}""", "json: cannot unmarshal array into Go struct field Pod.spec of type v1.PodSpec")]
    [InlineData("""{"spec":{"containers":{}}}""", "json: cannot unmarshal object into Go struct field PodSpec.spec.containers of type []v1.Container")]
    [InlineData("""{"spec":{"containers":[{"image":5}]}}""", "json: cannot unmarshal number into Go struct field Container.spec.containers.image of type string")]
    [InlineData("""{"spec":{"containers":["x"]}}""", "json: cannot unmarshal string into Go struct field PodSpec.spec.containers of type v1.Container")]
    [InlineData("""{"spec":{"hostNetwork":"true"}}""", "json: cannot unmarshal string into Go struct field PodSpec.spec.hostNetwork of type bool")]
    [InlineData("""{"spec":{"priority":1.5}}""", "json: cannot unmarshal number 1.5 into Go struct field PodSpec.spec.priority of type int32")]
    [InlineData("""{"spec":{"priority":3000000000}}""", "json: cannot unmarshal number 3000000000 into Go struct field PodSpec.spec.priority of type int32")]
    [InlineData("""{"metadata":{"labels":{"a":true}}}""", "json: cannot unmarshal bool into Go struct field ObjectMeta.metadata.labels of type string")]
    [InlineData("""{"spec":{"containers":[{"resources":{"limits":{"cpu":"lots"}}}]}}""", "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'")]
    [InlineData("""{"metadata":{"deletionTimestamp":"soon"}}""", "parsing time \"soon\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"soon\" as \"2006\"")]
    [InlineData("""{"kind":5}""", "json: cannot unmarshal number into Go struct field Pod.kind of type string")]
    public void A_value_of_the_wrong_type_is_an_error(string json, string message) =>
        Assert.Equal(message, Assert.Throws<DecodeException>(() => Decode("Pod", json)).Message);

    [Theory]
    [InlineData("a", 1)]
    [InlineData("a*==", 1)]
    [InlineData("aGk= ", 4)]
    public void What_is_no_base64_is_an_error(string data, int at)
    {
        var e = Assert.Throws<DecodeException>(() => Decode("Secret", "{\"data\":{\"a\":\"" + data + "\"}}"));
        Assert.StartsWith("illegal base64 data at input byte ", e.Message);
        Assert.True(at >= 0);
    }

    [Fact]
    public void Every_package_can_be_read_and_every_field_has_its_number()
    {
        (string Group, string Kind)[] kinds =
        [
            ("", "Pod"), ("apps", "Deployment"), ("batch", "CronJob"), ("discovery.k8s.io", "EndpointSlice"), ("coordination.k8s.io", "Lease"),
            ("events.k8s.io", "Event"), ("rbac.authorization.k8s.io", "ClusterRole"), ("policy", "Eviction"), ("autoscaling", "Scale"),
            ("authentication.k8s.io", "TokenRequest"), ("authorization.k8s.io", "SelfSubjectAccessReview"), ("meta.k8s.io", "DeleteOptions"),
        ];
        foreach (var (group, kind) in kinds)
        {
            var schema = SchemaCatalog.Find(group, kind);
            Assert.NotNull(schema);
            Assert.All(schema.Fields, field => Assert.InRange(field.Number, 1, 1000));
        }

        Assert.Null(SchemaCatalog.Find("", "Nothing"));
        Assert.Null(SchemaCatalog.Find("example.com", "Pod"));
    }

    [Fact]
    public void Keys_and_strategies_are_those_of_the_api()
    {
        var volumes = SchemaCatalog.Find("", "PodSpec")!.Find("volumes")!;
        Assert.Equal((1, "name"), (volumes.Number, volumes.PatchMergeKey));
        Assert.Equal(["merge", "retainKeys"], volumes.PatchStrategies);
        Assert.Equal(("map", "name"), (volumes.ListType, string.Join(",", volumes.MapKeys)));
        var ports = SchemaCatalog.Find("", "Container")!.Find("ports")!;
        Assert.Equal("containerPort,protocol", string.Join(",", ports.MapKeys));
        Assert.Equal(2, Assert.Single(SchemaCatalog.Find("", "Volume")!.Inlined).Number);
    }
}
