using System.Text.Json.Nodes;
using Kube.Server.Kinds;
using static Kube.Server.Tests.Api.Samples;

namespace Kube.Server.Tests.Api;

public class SubresourceTests
{
    [Fact]
    public async Task A_controller_is_scaled_by_every_verb()
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(ReplicationControllers, Controller("a", 2));
        const string scale = ReplicationControllers + "/a/scale";
        var read = (await api.GetAsync(scale)).Expect(200).Json;
        Assert.Equal(("Scale", "autoscaling/v1", "a"), (read["kind"]!.ToString(), read["apiVersion"]!.ToString(), read["metadata"]!["name"]!.ToString()));
        Assert.Equal("""{"replicas":2}""", read["spec"]!.ToJsonString());
        Assert.Equal("""{"replicas":0,"selector":"app=a"}""", read["status"]!.ToJsonString());
        Assert.Equal(3, (await api.MergeAsync(scale, """{"spec":{"replicas":3}}""")).Expect(200).Json["spec"]!["replicas"]!.GetValue<int>());
        Assert.Equal(4, (await api.SendAsync("PATCH", scale, """[{"op":"replace","path":"/spec/replicas","value":4}]""", "application/json-patch+json")).Expect(200).Json["spec"]!["replicas"]!.GetValue<int>());
        read["spec"]!["replicas"] = 5;
        (await api.PutAsync(scale, read.ToJsonString())).Expect(409);
        read["metadata"]!.AsObject().Remove("resourceVersion");
        (await api.PutAsync(scale, read.ToJsonString())).Expect(200);
        var controller = (await api.GetAsync(ReplicationControllers + "/a")).Json;
        Assert.Equal(5, controller["spec"]!["replicas"]!.GetValue<int>());
        Assert.Equal(4, controller["metadata"]!["generation"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("""{"spec":{"replicas":-1}}""", 422, "spec.replicas: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("""{"spec":{"replicas":"x"}}""", 400, "cannot unmarshal string into Go struct field ScaleSpec.spec.replicas of type int32")]
    [InlineData("""{"metadata":{"name":"b"}}""", 400, "does not match the name on the URL")]
    [InlineData("""{"kind":"Pod"}""", 400, "expected input object type to be Scale, but Pod")]
    public async Task A_bad_scale_is_refused(string patch, int code, string words)
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(ReplicationControllers, Controller("a", 2));
        Assert.Contains(words, (await api.MergeAsync(ReplicationControllers + "/a/scale", patch)).Expect(code).Message);
        (await api.GetAsync(ReplicationControllers + "/none/scale")).Expect(404);
    }

    [Fact]
    public async Task A_pod_is_bound_once()
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(Pods, Pod("a"));
        const string binding = Pods + "/a/binding";
        var success = (await api.PostAsync(binding, """{"metadata":{"name":"a"},"target":{"kind":"Node","name":"n1"}}""")).Expect(201).Json;
        Assert.Equal("Success", success["status"]!.ToString());
        var pod = (await api.GetAsync(Pods + "/a")).Json;
        Assert.Equal("n1", pod["spec"]!["nodeName"]!.ToString());
        Assert.Equal("True", pod["status"]!["conditions"]!.AsArray().Single(c => c!["type"]!.ToString() == "PodScheduled")!["status"]!.ToString());
        Assert.Equal("Operation cannot be fulfilled on pods/binding \"a\": pod a is already assigned to node \"n1\"",
            (await api.PostAsync(binding, """{"metadata":{"name":"a"},"target":{"name":"n2"}}""")).Expect(409).Message);
        (await api.PostAsync(binding, """{"metadata":{"name":"a"},"target":{}}""")).Expect(400);
        (await api.PostAsync(Pods + "/none/binding", """{"metadata":{"name":"none"},"target":{"name":"n"}}""")).Expect(404);
        (await api.PostAsync(binding, """{"target":{"name":"n2"}}""")).Expect(400);
    }

    [Theory]
    [InlineData("POST", Pods + "/a/status")]
    [InlineData("DELETE", Pods + "/a/status")]
    [InlineData("GET", Pods + "/a/binding")]
    [InlineData("POST", Pods + "/a")]
    [InlineData("PUT", Pods)]
    [InlineData("PATCH", Pods)]
    [InlineData("DELETE", "/api/v1/namespaces")]
    [InlineData("POST", "/api/v1")]
    public async Task A_verb_that_is_not_offered_is_not_allowed(string method, string path)
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(Pods, Pod("a"));
        Assert.Equal("MethodNotAllowed", (await api.SendAsync(method, path, "{}")).Expect(405).Json["reason"]!.ToString());
    }

    [Fact]
    public async Task An_unknown_subresource_is_not_found()
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(Pods, Pod("a"));
        (await api.GetAsync(Pods + "/a/colour")).Expect(404);
        (await api.GetAsync(ConfigMaps + "/a/status")).Expect(404);
    }

    [Fact]
    public async Task Kinds_that_are_computed_answer_posts_alone()
    {
        var review = new KindDefinition("authorization.k8s.io", "v1", "SelfSubjectAccessReview", "selfsubjectaccessreviews")
        {
            Namespaced = false,
            Verbs = ["create"],
            Create = (_, _, _, body, _) =>
            {
                body["status"] = new JsonObject { ["allowed"] = true };
                return ValueTask.FromResult(body);
            },
        };
        var token = new Subresource("token", "TokenRequest", "create")
        {
            Group = "authentication.k8s.io",
            Version = "v1",
            Create = (_, ns, name, body, _) =>
            {
                body["status"] = new JsonObject { ["token"] = $"{ns}/{name}" };
                return ValueTask.FromResult(body);
            },
        };
        await using var api = await TestApi.StartAsync(kinds: KindRegistry.BuiltIn.With(review).WithSubresource("serviceaccounts", token));
        var answer = (await api.PostAsync("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", """{"spec":{"resourceAttributes":{"verb":"get"}}}""")).Expect(201).Json;
        Assert.Equal("get", answer["spec"]!["resourceAttributes"]!["verb"]!.ToString());
        Assert.True(answer["status"]!["allowed"]!.GetValue<bool>());
        (await api.GetAsync("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews")).Expect(405);
        Assert.Equal("default/x", (await api.PostAsync("/api/v1/namespaces/default/serviceaccounts/x/token", """{"spec":{"audiences":["a"]}}""")).Expect(201).Json["status"]!["token"]!.ToString());
        Assert.Contains("serviceaccounts/token", (await api.GetAsync("/api/v1")).Json["resources"]!.AsArray().Select(r => r!["name"]!.ToString()));
    }
}
