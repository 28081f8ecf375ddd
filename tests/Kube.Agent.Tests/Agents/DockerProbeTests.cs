using System.Text.Json.Nodes;
using Kube.Agent.Runtime.Docker;
using static Kube.Agent.Tests.Agents.TestNode;

namespace Kube.Agent.Tests.Agents;

/// <summary>Probes by the agent whole, against the real API and a real Docker Engine.</summary>
public class DockerProbeTests(ApiProcess process)
{
    readonly string _image = Lab.Require("KUBE_LAB_IMAGE");

    Task<TestNode> StartAsync() => TestNode.StartAsync(process, new DockerRuntime(new DockerRuntimeOptions { Owner = $"tests/{Guid.NewGuid():N}", Host = Lab.Require("KUBE_LAB_DOCKER_HOST") }));

    string Container(string script, string more) => $"'containers':[{{'name':'c','image':'{_image}','command':['sh','-c','{script}'],{more}}}]";

    static string Exec(string probe, string script, string more = "") => $"'{probe}Probe':{{'exec':{{'command':['sh','-c','{script}']}},'periodSeconds':1{more}}}";

    static bool IsReady(JsonNode pod) => (bool?)TestNode.Container(pod)["ready"] == true;

    [Fact]
    public async Task A_pod_is_ready_when_its_port_answers()
    {
        await using var node = await StartAsync();
        const string serve = "mkdir /w; sleep 2; echo hi >/w/index.html; httpd -f -p 8080 -h /w & trap \\u0027exit 0\\u0027 TERM; wait";
        await node.CreatePodAsync("http", Container(serve, "'ports':[{'name':'web','containerPort':8080}],'readinessProbe':{'httpGet':{'port':'web','path':'/index.html'},'periodSeconds':1}"));
        await node.CreatePodAsync("tcp", Container(serve, "'readinessProbe':{'tcpSocket':{'port':8080},'periodSeconds':1}"));
        await node.CreatePodAsync("none", Container(serve, "'readinessProbe':{'httpGet':{'port':8080,'path':'/none'},'periodSeconds':1}"));
        await node.UntilPodAsync("http", IsReady, "is ready");
        await node.UntilEventAsync("http", "Unhealthy", "connection refused");
        await node.UntilPodAsync("tcp", IsReady, "is ready");
        await node.UntilEventAsync("tcp", "Unhealthy", "Readiness probe failed: dial tcp ");
        await node.UntilEventAsync("none", "Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 404");
        Assert.False(IsReady((await node.PodAsync("none"))!));
    }

    [Fact]
    public async Task A_command_decides_whether_a_pod_is_ready_and_may_change_its_mind()
    {
        await using var node = await StartAsync();
        await node.CreatePodAsync("web", Container("while [ ! -e /go ]; do sleep 0.1; done; touch /ready; sleep 5; rm /ready; sleep 600", Exec("readiness", "cat /ready", ",'failureThreshold':1")));
        await node.UntilEventAsync("web", "Unhealthy", "Readiness probe failed: cat: can't open '/ready'");
        var id = (await node.AllAsync()).Single(container => container.Identity.Container == "c").Id;
        Assert.Equal(0, await node.Runtime.ExecAsync(id, new Kube.Agent.Runtime.ExecRequest(["touch", "/go"]), _ => ValueTask.CompletedTask, default));
        await node.UntilPodAsync("web", IsReady, "is ready");
        var pod = await node.UntilPodAsync("web", pod => !IsReady(pod), "is not ready again");
        Assert.Equal((0, "containers with unready status: [c]"),
            ((int?)TestNode.Container(pod)["restartCount"], (string?)pod["status"]!["conditions"]!.AsArray().Single(condition => (string?)condition!["type"] == "Ready")!["message"]));
    }

    [Fact]
    public async Task A_liveness_failure_restarts_and_counts()
    {
        await using var node = await StartAsync();
        // The first attempt leaves a mark that its successor finds: the volume outlives both.
        await node.CreatePodAsync("web", "'volumes':[{'name':'v','emptyDir':{}}]," + Container(
            "[ -e /v/again ] && touch /alive; touch /v/again; trap \\u0027exit 7\\u0027 TERM; while true; do sleep 0.1; done",
            Exec("liveness", "test -e /alive || { echo not alive; exit 1; }", ",'failureThreshold':2") + ",'volumeMounts':[{'name':'v','mountPath':'/v'}]"));
        var pod = await node.UntilPodAsync("web", pod => (int?)TestNode.Container(pod)["restartCount"] == 1 && TestNode.Container(pod)["state"]!["running"] is not null, "runs again");
        Assert.Equal(7, (int?)TestNode.Container(pod)["lastState"]!["terminated"]!["exitCode"]);
        await node.UntilEventAsync("web", "Unhealthy", "Liveness probe failed: not alive");
        await node.UntilEventAsync("web", "Killing", "Container c failed liveness probe, will be restarted");
    }

    [Fact]
    public async Task Until_the_startup_probe_passes_no_other_is_tried()
    {
        await using var node = await StartAsync();
        await node.CreatePodAsync("slow", Container("sleep 600",
            $"{Exec("startup", "test -e /started", ",'failureThreshold':60")},{Exec("liveness", "test -e /started || exit 9", ",'failureThreshold':1")},{Exec("readiness", "test -e /started")}"));
        var told = await node.UntilEventAsync("slow", "Unhealthy", "Startup probe failed");
        Assert.NotNull(told);
        await node.UntilAsync(async () => (await node.EventsAsync("slow")).Any(told => (string?)told["reason"] == "Unhealthy" && (int?)told["count"] > 2), "it was tried three times");
        var pod = (await node.PodAsync("slow"))!;
        Assert.Equal((false, false, 0), ((bool?)TestNode.Container(pod)["started"], (bool?)TestNode.Container(pod)["ready"], (int?)TestNode.Container(pod)["restartCount"]));
        var id = (await node.AllAsync()).Single(container => container.Identity.Container == "c").Id;
        await node.Runtime.ExecAsync(id, new Kube.Agent.Runtime.ExecRequest(["touch", "/started"]), _ => ValueTask.CompletedTask, default);
        pod = await node.UntilPodAsync("slow", IsReady, "is ready");
        Assert.Equal((true, 0), ((bool?)TestNode.Container(pod)["started"], (int?)TestNode.Container(pod)["restartCount"]));
        Assert.DoesNotContain(await node.EventsAsync("slow"), told => ((string?)told["message"])!.StartsWith("Liveness") || ((string?)told["message"])!.StartsWith("Readiness"));
    }

    [Fact]
    public async Task A_command_that_takes_too_long_has_failed()
    {
        await using var node = await StartAsync();
        await node.CreatePodAsync("web", Container("sleep 600", Exec("readiness", "sleep 600", ",'timeoutSeconds':1")));
        await node.UntilEventAsync("web", "Unhealthy", "Readiness probe failed: command \"sh -c sleep 600\" timed out after 1s");
    }
}
