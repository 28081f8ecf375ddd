using static Kube.Server.Tests.Api.Samples;

namespace Kube.Server.Tests.Api;

public class DeleteTests
{
    [Fact]
    public async Task What_nothing_holds_is_gone_at_once()
    {
        await using var api = await TestApi.StartAsync();
        var uid = (await api.PostAsync(ConfigMaps, ConfigMap("a"))).Json["metadata"]!["uid"]!.ToString();
        var status = (await api.DeleteAsync(ConfigMaps + "/a")).Expect(200).Json;
        Assert.Equal("Success", status["status"]!.ToString());
        Assert.Equal($$$"""{"name":"a","kind":"configmaps","uid":"{{{uid}}}"}""", status["details"]!.ToJsonString());
        var missing = (await api.DeleteAsync(ConfigMaps + "/a")).Expect(404).Json;
        Assert.Equal("configmaps \"a\" not found", missing["message"]!.ToString());
        Assert.Equal("NotFound", missing["reason"]!.ToString());
    }

    [Fact]
    public async Task A_pod_without_a_node_goes_at_once_and_is_the_answer()
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(Pods, Pod("a"));
        Assert.Equal("Pod", (await api.DeleteAsync(Pods + "/a")).Expect(200).Json["kind"]!.ToString());
        (await api.GetAsync(Pods + "/a")).Expect(404);
    }

    [Theory]
    [InlineData("", "", 30)]
    [InlineData("\"terminationGracePeriodSeconds\":5", "", 5)]
    [InlineData("", """{"gracePeriodSeconds":7}""", 7)]
    [InlineData("", """{"gracePeriodSeconds":-1}""", 1)]
    [InlineData("", """{"gracePeriodSeconds":9223372036854775807}""", int.MaxValue)]
    [InlineData("\"terminationGracePeriodSeconds\":9223372036854775807", "", int.MaxValue)]
    [InlineData("\"terminationGracePeriodSeconds\":60", """{"propagationPolicy":"Background"}""", 60)]
    public async Task A_pod_on_a_node_gets_its_grace(string spec, string options, int seconds)
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(Pods, Pod("a", spec: "\"nodeName\":\"n\"" + (spec.Length > 0 ? "," + spec : "")));
        var before = DateTimeOffset.UtcNow;
        var metadata = (await api.DeleteAsync(Pods + "/a", options.Length == 0 ? null : options)).Expect(200).Json["metadata"]!;
        Assert.Equal(seconds, metadata["deletionGracePeriodSeconds"]!.GetValue<int>());
        Assert.InRange(DateTimeOffset.Parse(metadata["deletionTimestamp"]!.ToString()), before.AddSeconds(seconds - 1), DateTimeOffset.UtcNow.AddSeconds(seconds + 1.0));
        Assert.Equal("2", metadata["generation"]!.ToString());
        (await api.GetAsync(Pods + "/a")).Expect(200);
        (await api.DeleteAsync(Pods + "/a", """{"gracePeriodSeconds":0}""")).Expect(200);
        (await api.GetAsync(Pods + "/a")).Expect(404);
    }

    [Fact]
    public async Task A_second_deletion_can_only_bring_the_end_nearer()
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(Pods, Pod("a", spec: "\"nodeName\":\"n\""));
        var first = (await api.DeleteAsync(Pods + "/a")).Expect(200);
        Assert.Equal(first.Version, (await api.DeleteAsync(Pods + "/a?gracePeriodSeconds=100")).Expect(200).Version);
        Assert.Equal(first.Version, (await api.DeleteAsync(Pods + "/a")).Expect(200).Version);
        var second = (await api.DeleteAsync(Pods + "/a?gracePeriodSeconds=10")).Expect(200).Json["metadata"]!;
        Assert.Equal(10, second["deletionGracePeriodSeconds"]!.GetValue<int>());
        Assert.Equal(DateTimeOffset.Parse(first.Json["metadata"]!["deletionTimestamp"]!.ToString()).AddSeconds(-20), DateTimeOffset.Parse(second["deletionTimestamp"]!.ToString()));
    }

    [Theory]
    [InlineData("Succeeded")]
    [InlineData("Failed")]
    public async Task A_finished_pod_has_nothing_to_wait_for(string phase)
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(Pods, Pod("a", spec: "\"nodeName\":\"n\""));
        await api.MergeAsync(Pods + "/a/status", "{\"status\":{\"phase\":\"" + phase + "\"}}");
        (await api.DeleteAsync(Pods + "/a")).Expect(200);
        (await api.GetAsync(Pods + "/a")).Expect(404);
    }

    [Fact]
    public async Task Finalizers_hold_an_object_until_the_last_is_gone()
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(ConfigMaps, ConfigMap("a", "\"finalizers\":[\"x/y\",\"x/z\"]"));
        var held = (await api.DeleteAsync(ConfigMaps + "/a")).Expect(200).Json;
        Assert.Equal("ConfigMap", held["kind"]!.ToString());
        Assert.NotNull(held["metadata"]!["deletionTimestamp"]);
        Assert.Equal("metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{\"x/new\"}",
            (await api.MergeAsync(ConfigMaps + "/a", """{"metadata":{"finalizers":["x/y","x/new"]}}""")).Expect(422).Message.Split(" is invalid: ")[1]);
        (await api.MergeAsync(ConfigMaps + "/a", """{"metadata":{"finalizers":["x/y"]}}""")).Expect(200);
        (await api.GetAsync(ConfigMaps + "/a")).Expect(200);
        (await api.MergeAsync(ConfigMaps + "/a", """{"metadata":{"finalizers":null}}""")).Expect(200);
        (await api.GetAsync(ConfigMaps + "/a")).Expect(404);
    }

    [Theory]
    [InlineData("Foreground", "[\"foregroundDeletion\"]")]
    [InlineData("Orphan", "[\"orphan\"]")]
    public async Task A_policy_leaves_its_finalizer_to_the_collector(string policy, string finalizers)
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(ReplicationControllers, Controller("a"));
        var held = (await api.DeleteAsync(ReplicationControllers + "/a", "{\"propagationPolicy\":\"" + policy + "\"}")).Expect(200).Json;
        Assert.Equal(finalizers, held["metadata"]!["finalizers"]!.ToJsonString());
        Assert.NotNull(held["metadata"]!["deletionTimestamp"]);
        (await api.DeleteAsync(ReplicationControllers + "/a", """{"propagationPolicy":"Background"}""")).Expect(200);
        (await api.GetAsync(ReplicationControllers + "/a")).Expect(404);
    }

    [Theory]
    [InlineData("", "[\"orphan\"]")]
    [InlineData("\"finalizers\":[\"x/y\"]", "[\"x/y\",\"orphan\"]")]
    [InlineData("\"finalizers\":[\"foregroundDeletion\"]", "[\"foregroundDeletion\"]")]
    public async Task Jobs_and_replication_controllers_leave_their_pods_where_nobody_says_otherwise(string metadata, string finalizers)
    {
        await using var api = await TestApi.StartAsync();
        var extra = metadata.Length > 0 ? "," + metadata : "";
        const string template = """{"metadata":{"labels":{"a":"b"}},"spec":{"restartPolicy":"POLICY","containers":[{"name":"c","image":"i"}]}}""";
        foreach (var (path, document) in new[]
        {
            (ReplicationControllers, $$"""{"apiVersion":"v1","kind":"ReplicationController","metadata":{"name":"a"{{extra}}},"spec":{"selector":{"a":"b"},"template":{{template.Replace("POLICY", "Always")}} } }"""),
            ("/apis/batch/v1/namespaces/default/jobs", $$"""{"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"a"{{extra}}},"spec":{"template":{{template.Replace("POLICY", "Never")}} } }"""),
        })
        {
            await api.PostAsync(path, document);
            (await api.DeleteAsync(path + "/a")).Expect(200);
            Assert.Equal(finalizers, (await api.GetAsync(path + "/a")).Expect(200).Json["metadata"]!["finalizers"]!.ToJsonString());
        }
    }

    [Theory]
    [InlineData("""{"preconditions":{"uid":"other"}}""", 409, "Precondition failed: UID in precondition: other")]
    [InlineData("""{"preconditions":{"resourceVersion":"1"}}""", 409, "Precondition failed: ResourceVersion in precondition: 1")]
    [InlineData("""{"propagationPolicy":"Sometimes"}""", 422, "propagationPolicy: Unsupported value: \"Sometimes\"")]
    [InlineData("""{"kind":"Pod"}""", 400, "DeleteOptions")]
    [InlineData("""{"gracePeriodSeconds":"x"}""", 400, "gracePeriodSeconds must be a number")]
    [InlineData("[]", 400, "must be a JSON object")]
    public async Task Bad_or_unmet_options_delete_nothing(string options, int code, string words)
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(ConfigMaps, ConfigMap("a"));
        Assert.Contains(words, (await api.DeleteAsync(ConfigMaps + "/a", options)).Expect(code).Message);
        (await api.GetAsync(ConfigMaps + "/a")).Expect(200);
    }

    [Fact]
    public async Task Met_preconditions_delete()
    {
        await using var api = await TestApi.StartAsync();
        var made = (await api.PostAsync(ConfigMaps, ConfigMap("a"))).Json["metadata"]!;
        (await api.DeleteAsync(ConfigMaps + "/a", $$$"""{"preconditions":{"uid":"{{{made["uid"]}}}","resourceVersion":"{{{made["resourceVersion"]}}}"}}""")).Expect(200);
    }

    [Fact]
    public async Task A_dry_run_deletes_nothing()
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(ConfigMaps, ConfigMap("a"));
        (await api.DeleteAsync(ConfigMaps + "/a?dryRun=All")).Expect(200);
        (await api.DeleteAsync(ConfigMaps + "/a", """{"dryRun":["All"]}""")).Expect(200);
        (await api.GetAsync(ConfigMaps + "/a")).Expect(200);
    }

    [Fact]
    public async Task A_collection_goes_as_far_as_it_is_selected()
    {
        await using var api = await TestApi.StartAsync();
        foreach (var (name, label) in ((string, string)[])[("a", "1"), ("b", "2"), ("c", "1")])
            await api.PostAsync(ConfigMaps, ConfigMap(name, "\"labels\":{\"x\":\"" + label + "\"}"));
        await api.PostAsync("/api/v1/namespaces/kube-system/configmaps", ConfigMap("a", "\"labels\":{\"x\":\"1\"}"));
        Assert.Equal(["a", "c"], (await api.DeleteAsync(ConfigMaps + "?labelSelector=x%3D1")).Expect(200).Names);
        Assert.Equal(["b"], (await api.GetAsync(ConfigMaps)).Names);
        Assert.Equal(["a"], (await api.GetAsync("/api/v1/namespaces/kube-system/configmaps")).Names);
    }

    [Fact]
    public async Task A_namespace_waits_for_its_content_and_is_finalized()
    {
        await using var api = await TestApi.StartAsync();
        const string path = "/api/v1/namespaces/dev";
        await api.CreateNamespaceAsync("dev");
        var going = (await api.DeleteAsync(path)).Expect(200).Json;
        Assert.Equal("Terminating", going["status"]!["phase"]!.ToString());
        Assert.Equal("""["kubernetes"]""", going["spec"]!["finalizers"]!.ToJsonString());
        Assert.Equal(going.ToJsonString(), (await api.DeleteAsync(path)).Expect(200).Json.ToJsonString()); // once more changes nothing
        (await api.MergeAsync(path, """{"spec":{"finalizers":[]}}""")).Expect(200);
        (await api.GetAsync(path)).Expect(200);
        going["spec"]!["finalizers"] = new System.Text.Json.Nodes.JsonArray();
        (await api.PutAsync(path + "/finalize", going.ToJsonString())).Expect(200);
        (await api.GetAsync(path)).Expect(404);
    }

    [Theory]
    [InlineData("default")]
    [InlineData("kube-system")]
    public async Task The_clusters_own_namespaces_stay(string name)
    {
        await using var api = await TestApi.StartAsync();
        Assert.Equal($"namespaces \"{name}\" is forbidden: this namespace may not be deleted", (await api.DeleteAsync("/api/v1/namespaces/" + name)).Expect(403).Message);
    }
}
