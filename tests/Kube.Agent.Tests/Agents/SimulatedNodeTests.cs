using System.Text.Json.Nodes;
using Kube.Agent.Runtime;
using Kube.Agent.Runtime.Simulated;
using static Kube.Agent.Tests.Agents.TestNode;

namespace Kube.Agent.Tests.Agents;

/// <summary>The agent whole, against the real API, with containers that are simulated.</summary>
public class SimulatedNodeTests(ApiProcess process)
{
    const string OneContainer = "'containers':[{'name':'c','image':'busybox:1.35'}]";

    Task<TestNode> StartAsync(IContainerRuntime? runtime = null) => TestNode.StartAsync(process, runtime ?? new SimulatedRuntime());

    [Fact]
    public async Task A_node_tells_what_it_is()
    {
        await using var node = await TestNode.StartAsync(process, new SimulatedRuntime(), options => options with
        {
            EndpointPort = 1234,
            NodeLabels = new Dictionary<string, string> { ["zone"] = "a" },
            NodeAnnotations = new Dictionary<string, string> { ["example.com/x"] = "y" },
        });
        var document = (await node.NodeAsync())!;
        var labels = document["metadata"]!["labels"]!;
        Assert.Equal((node.Name, "linux", "a"), ((string?)labels["kubernetes.io/hostname"], (string?)labels["kubernetes.io/os"], (string?)labels["zone"]));
        Assert.Equal("y", (string?)document["metadata"]!["annotations"]!["example.com/x"]);
        var status = document["status"]!;
        Assert.Equal("simulated://1", (string?)status["nodeInfo"]!["containerRuntimeVersion"]);
        Assert.Equal("110", (string?)status["capacity"]!["pods"]);
        Assert.Equal(status["capacity"]!.ToJsonString(), status["allocatable"]!.ToJsonString());
        Assert.Equal(1234, (int?)status["daemonEndpoints"]!["kubeletEndpoint"]!["Port"]);
        Assert.Contains(status["addresses"]!.AsArray(), address => (string?)address!["type"] == "InternalIP" && (string?)address["address"] == "192.0.2.9");
    }

    [Fact]
    public async Task A_deleted_node_comes_back_as_long_as_its_agent_lives()
    {
        await using var node = await StartAsync();
        await node.Api.DeleteAsync(KubeResources.Nodes, null, node.Name, new DeleteOptions(), default);
        await node.UntilAsync(async () => (await node.NodeAsync())?["status"]?["nodeInfo"] is not null, "the node is back");
    }

    [Fact]
    public async Task Credentials_that_cannot_be_read_are_told_with_the_pull_that_fails_and_once_in_the_log()
    {
        await using var node = await StartAsync();
        await File.WriteAllTextAsync(Path.Combine(node.Folder, "config.json"),
            """{"auths":{"other.example":{"auth":"s3cret!!"},"fine.invalid":{"auth":"YW5uOnMzY3JldA=="}},"credHelpers":{"r.invalid":"kube-none"}}""");
        await node.CreatePodAsync("bare", "'containers':[{'name':'c','image':'r.invalid/app:1'}]");
        await node.CreatePodAsync("other", "'containers':[{'name':'c','image':'fine.invalid/app:1'}]");
        var message = (string?)Container(await node.UntilPodAsync("bare", IsImageRefused, "is refused"))["state"]!["waiting"]!["message"];
        Assert.Contains("there is no credential for r.invalid", message);
        Assert.Contains("docker-credential-kube-none", message);
        Assert.Contains($"{Path.Combine(node.Folder, "config.json")}: the entry for 'other.example' is ignored", message);
        await node.UntilEventAsync("bare", "Failed", "docker-credential-kube-none");
        // A bad entry does not hide a good one.
        var other = (string?)Container(await node.UntilPodAsync("other", IsImageRefused, "is refused"))["state"]!["waiting"]!["message"];
        Assert.DoesNotContain("there is no credential", other);
        Assert.Contains("as ann at fine.invalid", other);
        Assert.Single(node.Log.ToString().Split("'other.example' is ignored").Skip(1));
        Assert.DoesNotContain("s3cret", message + other + node.Log);
    }

    [Fact]
    public async Task A_pod_runs_and_goes()
    {
        await using var node = await StartAsync();
        await node.CreatePodAsync("web", OneContainer);
        var pod = await node.UntilRunningAsync("web");
        Assert.Equal("True", (string?)pod["status"]!["conditions"]!.AsArray().Single(condition => (string?)condition!["type"] == "Ready")!["status"]);
        Assert.StartsWith("simulated://", (string?)Container(pod)["containerID"]);
        Assert.StartsWith("10.", (string?)pod["status"]!["podIP"]);
        Assert.NotEmpty(await node.LogAsync("web"));
        await node.UntilEventAsync("web", "Started", "Started container c");
        await node.DeletePodAsync("web");
        await node.UntilGoneAsync("web");
        await node.UntilEventAsync("web", "Killing", "Stopping container c");
        await node.UntilAsync(async () => (await node.AllAsync()).Length == 0, "its containers are gone");
        Assert.DoesNotContain("Error:", node.Log.ToString());
    }

    [Theory]
    [InlineData("'volumes':[{'name':'v','configMap':{'name':'a/../b'}}],'containers':[{'name':'c','image':'busybox:1.35','volumeMounts':[{'name':'v','mountPath':'/v'}]}]", "FailedMount")]
    [InlineData("'imagePullSecrets':[{'name':'a/../b'}],'containers':[{'name':'c','image':'busybox:1.35'}]", "FailedToRetrieveImagePullSecret")]
    public async Task A_name_that_no_object_can_have_is_one_that_is_missing(string spec, string reason)
    {
        await using var node = await StartAsync();
        await node.CreatePodAsync("odd", spec);
        await node.UntilEventAsync("odd", reason, "a/../b");
        Assert.DoesNotContain("Error:", node.Log.ToString());
    }

    [Fact]
    public async Task Times_beyond_every_timer_hold_no_pod_up()
    {
        await using var node = await StartAsync();
        await node.CreatePodAsync("long", $"'automountServiceAccountToken':false,'activeDeadlineSeconds':{int.MaxValue},{OneContainer}");
        await node.UntilRunningAsync("long");
        await node.DeletePodAsync("long");
        await node.UntilGoneAsync("long");
        await node.CreateAsync(KubeResources.Pods, $"{{'apiVersion':'v1','kind':'Pod','metadata':{{'name':'patient'}},'spec':{{'nodeName':'{node.Name}','terminationGracePeriodSeconds':{long.MaxValue},{OneContainer}}}}}");
        await node.UntilRunningAsync("patient");
        await node.DeletePodAsync("patient");
        await node.UntilGoneAsync("patient");
        Assert.DoesNotContain("Error:", node.Log.ToString());
    }

    [Fact]
    public async Task A_pod_that_is_done_stays_done_and_keeps_its_log()
    {
        await using var node = await StartAsync();
        await node.CreatePodAsync("job", "'restartPolicy':'Never'," + OneContainer, "{'kube.simulated/run-for':'100ms','kube.simulated/exit-code':'3'}");
        var pod = await node.UntilPodAsync("job", pod => (string?)pod["status"]!["phase"] == "Failed", "has failed");
        Assert.Equal(3, (int?)Container(pod)["state"]!["terminated"]!["exitCode"]);
        await node.UntilAsync(async () => (await node.Runtime.ListAsync(default)).All(container => container.State == RuntimeState.Exited), "its sandbox has stopped");
        Assert.NotEmpty(await node.LogAsync("job"));
        // Also when everything of it is removed behind the agent's back.
        foreach (var (id, _) in await node.AllAsync())
            await node.Runtime.RemoveAsync(id, default);
        await node.StopAgentAsync();
        node.StartAgent();
        await node.CreatePodAsync("next", OneContainer);
        await node.UntilRunningAsync("next");
        var after = (await node.PodAsync("job"))!;
        Assert.Equal(pod["status"]!["containerStatuses"]!.ToJsonString(), after["status"]!["containerStatuses"]!.ToJsonString());
        Assert.Empty(await node.ContainersAsync("job"));
    }

    [Fact]
    public async Task A_crashing_pod_counts_and_waits()
    {
        await using var node = await StartAsync();
        await node.CreatePodAsync("crash", OneContainer, "{'kube.simulated/run-for':'10ms','kube.simulated/exit-code':'7'}");
        var pod = await node.UntilPodAsync("crash", pod => WaitingReason(pod) == "CrashLoopBackOff", "waits");
        var status = Container(pod);
        Assert.Equal((1, 7), ((int?)status["restartCount"], (int?)status["lastState"]!["terminated"]!["exitCode"]));
        Assert.Matches(@"^back-off 10s restarting failed container=c pod=crash_node-\w+\([0-9a-f-]+\)$", (string?)status["state"]!["waiting"]!["message"]);
        Assert.Equal("Running", (string?)pod["status"]!["phase"]);
        var refusal = await Assert.ThrowsAsync<NodeEndpointException>(() => node.LogAsync("crash", "other"));
        Assert.Equal("container \"other\" in pod \"crash\" is not available", refusal.Message);
        Assert.NotEmpty(await node.LogAsync("crash", request: new NodeLogRequest { Previous = true }));
    }

    [Fact]
    public async Task A_second_agent_takes_over_what_runs_and_restarts_nothing()
    {
        await using var node = await StartAsync();
        await node.CreatePodAsync("web", OneContainer);
        await node.CreatePodAsync("crash", OneContainer, "{'kube.simulated/run-for':'10ms'}");
        await node.UntilRunningAsync("web");
        await node.UntilPodAsync("crash", pod => WaitingReason(pod) == "CrashLoopBackOff", "waits");
        var seen = DateTimeOffset.UtcNow;
        var before = (await node.AllAsync()).Select(container => container.Id).Order().ToArray();
        await node.StopAgentAsync();
        node.StartAgent();
        await node.CreatePodAsync("next", OneContainer);
        await node.UntilRunningAsync("next");
        var after = (await node.AllAsync()).Where(container => container.Identity.Pod != "next").Select(container => container.Id).Order();
        var crash = Container((await node.PodAsync("crash"))!);
        if ((int?)crash["restartCount"] == 1)
        {
            Assert.Equal(before, after);
            Assert.Equal("CrashLoopBackOff", (string?)crash["state"]!["waiting"]!["reason"]);
        }
        // On a slow machine it may be due meanwhile.
        else
            Assert.True(DateTimeOffset.UtcNow - seen > TimeSpan.FromSeconds(8), "restarted before its time");
    }

    [Fact]
    public async Task What_belongs_to_no_pod_is_removed_when_the_agent_starts()
    {
        await using var node = await StartAsync();
        await node.CreatePodAsync("web", OneContainer);
        await node.CreatePodAsync("stays", OneContainer);
        await node.UntilRunningAsync("web");
        await node.UntilRunningAsync("stays");
        await node.StopAgentAsync();
        await node.DeletePodAsync("web", grace: 0);
        node.StartAgent();
        await node.UntilAsync(async () => (await node.AllAsync()).All(container => container.Identity.Pod == "stays"), "the orphans are gone");
        Assert.Equal(2, (await node.AllAsync()).Length);
        Assert.Equal(0, (int?)Container((await node.PodAsync("stays"))!)["restartCount"]);
    }

    [Fact]
    public async Task A_namesake_lives_beside_what_is_left_of_its_predecessor()
    {
        await using var node = await StartAsync();
        await node.CreatePodAsync("web", OneContainer, "{'kube.simulated/stop-delay':'1s'}");
        var first = await node.UntilRunningAsync("web");
        await node.DeletePodAsync("web", grace: 0);
        await node.CreatePodAsync("web", OneContainer);
        var second = await node.UntilRunningAsync("web");
        Assert.NotEqual((string?)first["metadata"]!["uid"], (string?)second["metadata"]!["uid"]);
        await node.UntilAsync(async () => (await node.ContainersAsync("web")).All(identity => identity.Uid == (string?)second["metadata"]!["uid"]), "the first is gone");
        Assert.Equal("Running", (string?)(await node.PodAsync("web"))!["status"]!["phase"]);
    }

    [Fact]
    public async Task An_engine_that_goes_away_leaves_statuses_as_they_are_and_the_node_not_ready()
    {
        var runtime = new FlakyRuntime(new SimulatedRuntime());
        await using var node = await StartAsync(runtime);
        await node.CreatePodAsync("web", OneContainer);
        var before = await node.UntilRunningAsync("web");
        runtime.GoAway();
        await node.UntilAsync(async () => (await node.NodeAsync())!["status"]!["conditions"]!.AsArray().Any(condition => (string?)condition!["type"] == "Ready" && (string?)condition["status"] == "False"
            && ((string?)condition["message"])!.Contains("nothing answers at unix:///nowhere")), "the node is not ready");
        await node.CreatePodAsync("late", OneContainer);
        Assert.Equal(before["status"]!.ToJsonString(), (await node.PodAsync("web"))!["status"]!.ToJsonString());
        var refusal = await Assert.ThrowsAsync<NodeEndpointException>(() => node.LogAsync("web"));
        Assert.Equal((503, "nothing answers at unix:///nowhere"), (refusal.Code, refusal.Message));

        runtime.ComeBack();
        await node.UntilRunningAsync("late");
        await node.UntilAsync(async () => (await node.NodeAsync())!["status"]!["conditions"]!.AsArray().Any(condition => (string?)condition!["status"] == "True"), "the node is ready again");
        Assert.Equal(0, (int?)Container((await node.PodAsync("web"))!)["restartCount"]);
    }

    [Fact]
    public async Task A_config_map_that_is_missing_holds_a_container_back_until_it_is_there()
    {
        await using var node = await StartAsync();
        await node.CreatePodAsync("web", "'containers':[{'name':'c','image':'busybox:1.35','env':[{'name':'A','valueFrom':{'configMapKeyRef':{'name':'settings','key':'a'}}}]}]");
        var pod = await node.UntilPodAsync("web", pod => WaitingReason(pod) == "CreateContainerConfigError", "is refused");
        Assert.Equal("configmap \"settings\" not found", (string?)Container(pod)["state"]!["waiting"]!["message"]);
        await node.UntilEventAsync("web", "Failed", "Error: configmap \"settings\" not found");
        await node.CreateAsync(KubeResources.ConfigMaps, "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'settings'},'data':{'a':'1'}}");
        await node.UntilRunningAsync("web");
    }

    [Fact]
    public async Task A_volume_that_cannot_be_had_is_told()
    {
        await using var node = await StartAsync();
        await node.CreatePodAsync("web", "'volumes':[{'name':'v','configMap':{'name':'files'}}],'containers':[{'name':'c','image':'busybox:1.35','volumeMounts':[{'name':'v','mountPath':'/v'}]}]");
        await node.UntilEventAsync("web", "FailedMount", "configmap \"files\" not found");
        Assert.Equal("ContainerCreating", WaitingReason((await node.PodAsync("web"))!));
        Assert.Empty(await node.AllAsync());
    }

    [Theory]
    [InlineData("Not An Image", "InvalidImageName", "couldn't parse image name")]
    [InlineData("nowhere.invalid/a:1", "ErrImagePull", "nowhere.invalid")]
    [InlineData("absent:9", "ErrImageNeverPull", "is not present with pull policy of Never")]
    public async Task An_image_that_cannot_be_had_is_told(string image, string reason, string message)
    {
        await using var node = await StartAsync();
        var policy = reason == "ErrImageNeverPull" ? "Never" : "IfNotPresent";
        await node.CreatePodAsync("web", $"'containers':[{{'name':'c','image':'{image}','imagePullPolicy':'{policy}'}}]");
        var pod = await node.UntilPodAsync("web", pod => reason == "ErrImagePull" ? IsImageRefused(pod) : WaitingReason(pod) == reason, reason);
        Assert.Contains(message, (string?)Container(pod)["state"]!["waiting"]!["message"]);
        Assert.Equal("Pending", (string?)pod["status"]!["phase"]);
        if (reason != "ErrImagePull")
            return;
        pod = await node.UntilPodAsync("web", pod => WaitingReason(pod) == "ImagePullBackOff", "waits");
        Assert.StartsWith($"Back-off pulling image \"{image}\": ErrImagePull: ", (string?)Container(pod)["state"]!["waiting"]!["message"]);
        await node.UntilEventAsync("web", "BackOff", "Back-off pulling image");
        var log = await Assert.ThrowsAsync<NodeEndpointException>(() => node.LogAsync("web"));
        Assert.Equal("container \"c\" in pod \"web\" is waiting to start: trying and failing to pull image", log.Message);
    }

    [Fact]
    public async Task Init_containers_and_side_cars_have_their_turns()
    {
        await using var node = await StartAsync();
        await node.CreatePodAsync("steps",
            "'restartPolicy':'Never','initContainers':[{'name':'i','image':'busybox:1.35'},{'name':'s','image':'busybox:1.35','restartPolicy':'Always'}]," + OneContainer,
            "{'kube.simulated/run-for.i':'100ms','kube.simulated/run-for.c':'300ms'}");
        var pod = await node.UntilPodAsync("steps", pod => (string?)pod["status"]!["phase"] == "Succeeded", "is done");
        var init = pod["status"]!["initContainerStatuses"]!.AsArray();
        Assert.Equal(["i", "s"], init.Select(status => (string?)status!["name"]));
        Assert.All(init, status => Assert.NotNull(status!["state"]!["terminated"]));
        var (first, last) = ((DateTimeOffset)init[0]!["state"]!["terminated"]!["finishedAt"]!, (DateTimeOffset)Container(pod)["state"]!["terminated"]!["startedAt"]!);
        Assert.True(first <= last);
    }

    [Fact]
    public async Task A_pod_past_its_deadline_fails()
    {
        await using var node = await StartAsync();
        await node.CreatePodAsync("late", "'activeDeadlineSeconds':1," + OneContainer);
        var pod = await node.UntilPodAsync("late", pod => (string?)pod["status"]!["phase"] == "Failed", "has failed");
        Assert.Equal("DeadlineExceeded", (string?)pod["status"]!["reason"]);
        await node.UntilEventAsync("late", "DeadlineExceeded", "Pod was active on the node longer");
    }

    [Fact]
    public async Task What_is_not_supported_is_refused_by_name()
    {
        await using var node = await StartAsync();
        await node.CreatePodAsync("odd", "'hostIPC':true," + OneContainer);
        var pod = await node.UntilPodAsync("odd", pod => WaitingReason(pod) == "CreateContainerConfigError", "is refused");
        Assert.Equal("spec.hostIPC is not supported by this node", (string?)Container(pod)["state"]!["waiting"]!["message"]);
        await node.CreatePodAsync("probed", "'containers':[{'name':'c','image':'busybox:1.35','readinessProbe':{'grpc':{'port':1}}}]");
        await node.UntilEventAsync("probed", "Unhealthy", "readinessProbe: grpc is not supported by this node");
        Assert.False((bool)Container(await node.UntilRunningAsync("probed"))["ready"]!);
    }

    [Fact]
    public async Task Fifty_pods_start_and_end()
    {
        await using var node = await StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => node.CreatePodAsync($"p{i}", OneContainer)));
        for (var i = 0; i < 50; i++)
            await node.UntilRunningAsync($"p{i}");
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => node.DeletePodAsync($"p{i}")));
        for (var i = 0; i < 50; i++)
            await node.UntilGoneAsync($"p{i}");
        Assert.DoesNotContain("Error:", node.Log.ToString());
    }

    [Fact]
    public async Task A_description_has_the_names_of_variables_and_their_values_only_if_asked()
    {
        var description = "{\"Config\":{\"Env\":[\"A=secret\",\"B\",\"C=d=e\"]},\"Id\":\"x\"}"u8.ToArray();
        Assert.Equal("""{"Config":{"Env":["A","B","C"]},"Id":"x"}""", JsonNode.Parse(NodeEndpoint.WithoutEnvironment(description).Span)!.ToJsonString());
        await using var node = await StartAsync();
        await node.CreatePodAsync("web", "'containers':[{'name':'c','image':'busybox:1.35','env':[{'name':'A','value':'hush'}]}]");
        await node.UntilRunningAsync("web");
        Assert.DoesNotContain("hush", System.Text.Encoding.UTF8.GetString((await node.Agent.Endpoint.DescribeAsync(node.Namespace, "web", "c", false, default)).Span));
        var refusal = await Assert.ThrowsAsync<NodeEndpointException>(() => node.Agent.Endpoint.DescribeAsync(node.Namespace, "nobody", "c", false, default));
        Assert.Equal((404, "NotFound"), (refusal.Code, refusal.Reason));
    }
}
