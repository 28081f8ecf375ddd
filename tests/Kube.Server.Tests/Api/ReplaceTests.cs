using System.Text.Json.Nodes;
using static Kube.Server.Tests.Api.Samples;

namespace Kube.Server.Tests.Api;

public class ReplaceTests
{
    [Fact]
    public async Task An_old_version_loses()
    {
        await using var api = await TestApi.StartAsync();
        var first = (await api.PostAsync(ConfigMaps, ConfigMap("a"))).Expect(201).Json;
        first["data"] = new JsonObject { ["k"] = "1" };
        var second = (await api.PutAsync(ConfigMaps + "/a", first.ToJsonString())).Expect(200);
        Assert.Equal("1", second.Json["data"]!["k"]!.ToString());
        var late = (await api.PutAsync(ConfigMaps + "/a", first.ToJsonString())).Expect(409);
        Assert.Equal("Operation cannot be fulfilled on configmaps \"a\": the object has been modified; please apply your changes to the latest version and try again", late.Message);
        Assert.Equal("Conflict", late.Json["reason"]!.ToString());
    }

    [Fact]
    public async Task Without_a_version_it_replaces_whatever_is_there()
    {
        await using var api = await TestApi.StartAsync();
        var first = (await api.PostAsync(ConfigMaps, ConfigMap("a", rest: "\"data\":{\"k\":\"1\"}"))).Expect(201);
        var next = (await api.PutAsync(ConfigMaps + "/a", ConfigMap("a", rest: "\"data\":{\"l\":\"2\"}"))).Expect(200);
        Assert.Equal("""{"l":"2"}""", next.Json["data"]!.ToJsonString());
        Assert.Equal(first.Json["metadata"]!["uid"]!.ToString(), next.Json["metadata"]!["uid"]!.ToString());
        Assert.Equal(first.Json["metadata"]!["creationTimestamp"]!.ToString(), next.Json["metadata"]!["creationTimestamp"]!.ToString());
    }

    [Fact]
    public async Task The_same_again_is_no_new_version()
    {
        await using var api = await TestApi.StartAsync();
        var first = (await api.PostAsync(Pods, Pod("a"))).Expect(201);
        Assert.Equal(first.Version, (await api.PutAsync(Pods + "/a", first.Text)).Expect(200).Version);
        Assert.Equal(first.Version, (await api.MergeAsync(Pods + "/a", "{}")).Expect(200).Version);
    }

    [Theory]
    [InlineData("""{"metadata":{"name":"b"}}""", 400, "the name of the object (b) does not match the name on the URL (a)")]
    [InlineData("""{"metadata":{"name":"a","namespace":"kube-system"}}""", 400, "the namespace of the provided object does not match the namespace sent on the request")]
    [InlineData("""{"metadata":{"name":"a","uid":"other"}}""", 409, "Operation cannot be fulfilled on configmaps \"a\": Precondition failed: UID in precondition: other, UID in object meta: ")]
    public async Task It_must_be_the_object_of_the_url(string body, int code, string words)
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(ConfigMaps, ConfigMap("a"));
        Assert.StartsWith(words, (await api.PutAsync(ConfigMaps + "/a", body)).Expect(code).Message);
    }

    [Fact]
    public async Task A_missing_object_is_created_only_where_the_kind_says_so()
    {
        await using var api = await TestApi.StartAsync();
        (await api.PutAsync(ConfigMaps + "/a", ConfigMap("a"))).Expect(404);
        const string endpoints = "/api/v1/namespaces/default/endpoints/e";
        (await api.PutAsync(endpoints, """{"metadata":{"name":"e"}}""")).Expect(201);
        (await api.PutAsync(endpoints, """{"metadata":{"name":"e"}}""")).Expect(200);
    }

    [Fact]
    public async Task A_lease_is_never_replaced_blindly()
    {
        await using var api = await TestApi.StartAsync();
        const string leases = "/apis/coordination.k8s.io/v1/namespaces/default/leases";
        await api.PostAsync(leases, """{"metadata":{"name":"l"},"spec":{"holderIdentity":"a"}}""");
        var answer = (await api.PutAsync(leases + "/l", """{"metadata":{"name":"l"},"spec":{"holderIdentity":"b"}}""")).Expect(422);
        Assert.Equal("leases.coordination.k8s.io \"l\" is invalid: metadata.resourceVersion: Invalid value: 0x0: must be specified for an update", answer.Message);
    }

    [Fact]
    public async Task Status_and_spec_keep_out_of_each_others_way()
    {
        await using var api = await TestApi.StartAsync();
        var pod = (await api.PostAsync(Pods, Pod("a", "\"labels\":{\"x\":\"1\"}", "") .Replace("\"spec\"", "\"status\":{\"phase\":\"Running\"},\"spec\""))).Expect(201).Json;
        Assert.Equal("Pending", pod["status"]!["phase"]!.ToString());
        var status = pod.DeepClone();
        status["status"]!["phase"] = "Running";
        status["spec"]!["nodeName"] = "stolen";
        var after = (await api.PutAsync(Pods + "/a/status", status.ToJsonString())).Expect(200).Json;
        Assert.Equal("Running", after["status"]!["phase"]!.ToString());
        Assert.Null(after["spec"]!["nodeName"]);
        Assert.Equal("1", after["metadata"]!["generation"]!.ToString());
        after["status"]!["phase"] = "Failed";
        after["metadata"]!["labels"]!["x"] = "2";
        var both = (await api.PutAsync(Pods + "/a", after.ToJsonString())).Expect(200).Json;
        Assert.Equal("Running", both["status"]!["phase"]!.ToString());
        Assert.Equal("2", both["metadata"]!["labels"]!["x"]!.ToString());
        Assert.True(JsonNode.DeepEquals(both, (await api.GetAsync(Pods + "/a/status")).Json));
    }

    [Fact]
    public async Task The_generation_counts_changes_of_the_spec_alone()
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(ReplicationControllers, Controller("a"));
        string Generation(Answer answer) => answer.Expect(200).Json["metadata"]!["generation"]!.ToString();
        Assert.Equal("1", Generation(await api.MergeAsync(ReplicationControllers + "/a", """{"metadata":{"labels":{"x":"y"},"generation":7}}""")));
        Assert.Equal("2", Generation(await api.MergeAsync(ReplicationControllers + "/a", """{"spec":{"replicas":3}}""")));
        Assert.Equal("2", Generation(await api.MergeAsync(ReplicationControllers + "/a/status", """{"status":{"replicas":3}}""")));
    }

    [Fact]
    public async Task Concurrent_patches_all_arrive()
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(ConfigMaps, ConfigMap("a"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => api.MergeAsync(ConfigMaps + "/a", "{\"data\":{\"k" + i + "\":\"v\"}}")));
        Assert.All(answers, a => a.Expect(200));
        Assert.Equal(40, (await api.GetAsync(ConfigMaps + "/a")).Json["data"]!.AsObject().Count);
    }
}
