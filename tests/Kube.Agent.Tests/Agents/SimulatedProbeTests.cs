using System.Text.Json.Nodes;
using Kube.Agent.Runtime.Simulated;
using static Kube.Agent.Tests.Agents.TestNode;

namespace Kube.Agent.Tests.Agents;

/// <summary>Probes by the agent whole, against the real API, with commands whose exit codes are simulated.</summary>
public class SimulatedProbeTests(ApiProcess process)
{
    Task<TestNode> StartAsync() => TestNode.StartAsync(process, new SimulatedRuntime());

    static string Probed(params string[] probes) =>
        $"'containers':[{{'name':'c','image':'busybox:1.35',{string.Join(',', probes.Select(probe => $"'{probe}Probe':{{'exec':{{'command':['check']}},'periodSeconds':1,'failureThreshold':2}}"))}}}]";

    static bool IsReady(JsonNode pod) => (bool?)Container(pod)["ready"] == true;

    [Fact]
    public async Task A_pod_whose_probes_pass_is_ready_and_stays_so_over_another_agent()
    {
        await using var node = await StartAsync();
        await node.CreatePodAsync("web", Probed("startup", "liveness", "readiness"));
        var pod = await node.UntilPodAsync("web", IsReady, "is ready");
        Assert.True((bool)Container(pod)["started"]!);
        await node.StopAgentAsync();
        node.StartAgent();
        await node.CreatePodAsync("next", Probed("readiness"));
        await node.UntilPodAsync("next", IsReady, "is ready");
        var after = (await node.PodAsync("web"))!;
        string? ReadySince(JsonNode of) => (string?)of["status"]!["conditions"]!.AsArray().Single(condition => (string?)condition!["type"] == "Ready")!["lastTransitionTime"];
        Assert.Equal((ReadySince(pod), 0), (ReadySince(after), (int?)Container(after)["restartCount"]));
    }

    [Fact]
    public async Task A_pod_whose_readiness_fails_runs_and_is_not_ready()
    {
        await using var node = await StartAsync();
        await node.CreatePodAsync("web", Probed("readiness"), "{'kube.simulated/exec-exit-code':'1'}");
        await node.UntilEventAsync("web", "Unhealthy", "Readiness probe failed: check ended with exit code 1");
        var pod = await node.UntilRunningAsync("web");
        Assert.Equal((false, true, 0), ((bool?)Container(pod)["ready"], (bool?)Container(pod)["started"], (int?)Container(pod)["restartCount"]));
    }

    [Theory]
    [InlineData("liveness")]
    [InlineData("startup")]
    public async Task A_failure_restarts_the_container_and_the_next_attempt_is_probed_anew(string type)
    {
        await using var node = await StartAsync();
        await node.CreatePodAsync("web", Probed(type, "readiness"), "{'kube.simulated/exec-exit-code':'1,0'}");
        var pod = await node.UntilPodAsync("web", pod => IsReady(pod) && (int?)Container(pod)["restartCount"] == 1, "is ready again");
        Assert.Equal(143, (int?)Container(pod)["lastState"]!["terminated"]!["exitCode"]);
        await node.UntilEventAsync("web", "Unhealthy", $"{char.ToUpperInvariant(type[0])}{type[1..]} probe failed: check ended with exit code 1");
        await node.UntilEventAsync("web", "Killing", $"Container c failed {type} probe, will be restarted");
        Assert.DoesNotContain("Error:", node.Log.ToString());
    }

    [Fact]
    public async Task With_policy_Never_a_failure_is_the_end()
    {
        await using var node = await StartAsync();
        await node.CreatePodAsync("once", "'restartPolicy':'Never'," + Probed("liveness"), "{'kube.simulated/exec-exit-code':'1'}");
        var pod = await node.UntilPodAsync("once", pod => (string?)pod["status"]!["phase"] == "Failed", "has failed");
        Assert.Equal((143, 0), ((int?)Container(pod)["state"]!["terminated"]!["exitCode"], (int?)Container(pod)["restartCount"]));
    }

    [Fact]
    public async Task Far_off_times_end_no_probe()
    {
        await using var node = await StartAsync();
        const string handler = "'exec':{'command':['check']}";
        await node.CreatePodAsync("far", $"'containers':[{{'name':'c','image':'busybox:1.35','livenessProbe':{{{handler},'initialDelaySeconds':2147483647}},'readinessProbe':{{{handler},'timeoutSeconds':2147483647,'periodSeconds':2147483647}}}}]");
        await node.UntilPodAsync("far", IsReady, "is ready");
        Assert.DoesNotContain("Error:", node.Log.ToString());
    }

    [Fact]
    public async Task A_probe_that_needs_the_pods_address_is_refused_by_name()
    {
        await using var node = await StartAsync();
        await node.CreatePodAsync("web", "'containers':[{'name':'c','image':'busybox:1.35','readinessProbe':{'httpGet':{'port':80,'path':'/'}}}]");
        await node.UntilEventAsync("web", "Unhealthy", "readinessProbe: httpGet is not supported by this node, as it does not reach the addresses of its pods; the container will not become ready");
        Assert.False(IsReady(await node.UntilRunningAsync("web")));
    }
}
