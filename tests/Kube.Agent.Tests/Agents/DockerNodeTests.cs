using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Agent.Runtime;
using Kube.Agent.Runtime.Docker;
using static Kube.Agent.Tests.Agents.TestNode;

namespace Kube.Agent.Tests.Agents;

/// <summary>The agent whole, against the real API and a real Docker Engine.</summary>
public class DockerNodeTests(ApiProcess process)
{
    readonly string _image = Lab.Require("KUBE_LAB_IMAGE");

    Task<TestNode> StartAsync() => TestNode.StartAsync(process, new DockerRuntime(new DockerRuntimeOptions { Owner = $"tests/{Guid.NewGuid():N}", Host = Lab.Require("KUBE_LAB_DOCKER_HOST") }));

    string Container(string script, string more = "") => $"'containers':[{{'name':'c','image':'{_image}','command':['sh','-c','{script}']{more}}}]";

    [Fact]
    public async Task A_crash_loop_has_the_right_counts_reasons_and_last_words()
    {
        await using var node = await StartAsync();
        await node.CreatePodAsync("crash", Container("echo out; echo last words >/dev/termination-log; exit 3"));
        var pod = await node.UntilPodAsync("crash", pod => WaitingReason(pod) == "CrashLoopBackOff", "waits");
        var status = TestNode.Container(pod);
        Assert.Equal(1, (int?)status["restartCount"]);
        var last = status["lastState"]!["terminated"]!;
        Assert.Equal((3, "Error", "last words\n"), ((int?)last["exitCode"], (string?)last["reason"], (string?)last["message"]));
        Assert.Equal((string?)status["containerID"], (string?)last["containerID"]);
        Assert.StartsWith("docker://", (string?)last["containerID"]);
        Assert.NotNull(last["startedAt"]);
        Assert.NotNull(last["finishedAt"]);

        // The wait is ten seconds from the last finish; the count goes on over an agent's restart in the middle of it.
        await node.StopAgentAsync();
        node.StartAgent();
        pod = await node.UntilPodAsync("crash", pod => (int?)TestNode.Container(pod)["restartCount"] == 2 && WaitingReason(pod) == "CrashLoopBackOff", "waits again");
        Assert.Contains("back-off 20s restarting failed container=c", (string?)TestNode.Container(pod)["state"]!["waiting"]!["message"]);
        var waited = (DateTimeOffset)TestNode.Container(pod)["lastState"]!["terminated"]!["startedAt"]! - (DateTimeOffset)last["finishedAt"]!;
        // Twice as long would be the next one.
        Assert.InRange(waited.TotalSeconds, 9, 19);
        Assert.Equal("out\n", await node.LogAsync("crash", request: new NodeLogRequest { Previous = true }));
        await node.UntilAsync(async () => (await node.ContainersAsync("crash")).Select(identity => identity.Attempt).OrderDescending().SequenceEqual([2, 1]), "older attempts are pruned");
    }

    [Fact]
    public async Task The_end_of_the_log_speaks_for_those_who_leave_no_words()
    {
        await using var node = await StartAsync();
        await node.CreatePodAsync("quiet", "'restartPolicy':'Never'," + Container("echo why; exit 4", ",'terminationMessagePolicy':'FallbackToLogsOnError'"));
        var pod = await node.UntilPodAsync("quiet", pod => (string?)pod["status"]!["phase"] == "Failed", "has failed");
        Assert.Equal("why\n", (string?)TestNode.Container(pod)["state"]!["terminated"]!["message"]);
    }

    [Fact]
    public async Task What_is_killed_for_its_memory_says_so()
    {
        await using var node = await StartAsync();
        await node.CreatePodAsync("hungry", "'restartPolicy':'Never'," + Container("tail /dev/zero", ",'resources':{'limits':{'memory':'16Mi'}}"));
        var pod = await node.UntilPodAsync("hungry", pod => (string?)pod["status"]!["phase"] == "Failed", "has failed");
        Assert.Equal(("OOMKilled", "Burstable"), ((string?)TestNode.Container(pod)["state"]!["terminated"]!["reason"], (string?)pod["status"]!["qosClass"]));
    }

    [Fact]
    public async Task A_second_agent_restarts_nothing_and_sees_what_happened_in_between()
    {
        await using var node = await StartAsync();
        await node.CreatePodAsync("web", Container("sleep 600"));
        await node.CreatePodAsync("killed", Container("sleep 600"));
        await node.CreatePodAsync("vanished", Container("sleep 600"));
        foreach (var name in (string[])["web", "killed", "vanished"])
            await node.UntilRunningAsync(name);
        var web = (string?)TestNode.Container((await node.PodAsync("web"))!)["containerID"];
        await node.StopAgentAsync();
        foreach (var (id, identity) in (await node.AllAsync()).Where(container => !container.Identity.IsSandbox && container.Identity.Pod != "web"))
        {
            await node.Runtime.StopAsync(id, TimeSpan.Zero, default);
            if (identity.Pod == "vanished")
                await node.Runtime.RemoveAsync(id, default);
        }
        node.StartAgent();
        JsonNode Last(JsonNode pod) => TestNode.Container(pod)["lastState"]!["terminated"]!;
        var killed = await node.UntilPodAsync("killed", pod => (int?)TestNode.Container(pod)["restartCount"] == 1 && TestNode.Container(pod)["state"]!["running"] is not null, "runs again");
        Assert.Equal((137, "Error"), ((int?)Last(killed)["exitCode"], (string?)Last(killed)["reason"]));
        var vanished = await node.UntilPodAsync("vanished", pod => (int?)TestNode.Container(pod)["restartCount"] == 1 && TestNode.Container(pod)["state"]!["running"] is not null, "runs again");
        Assert.Equal((137, "ContainerStatusUnknown"), ((int?)Last(vanished)["exitCode"], (string?)Last(vanished)["reason"]));
        var after = TestNode.Container((await node.PodAsync("web"))!);
        Assert.Equal((web, 0), ((string?)after["containerID"], (int?)after["restartCount"]));
    }

    [Fact]
    public async Task A_lost_sandbox_takes_its_containers_to_a_new_one()
    {
        await using var node = await StartAsync();
        await node.CreatePodAsync("web", "'initContainers':[{'name':'i','image':'" + _image + "','command':['true']}]," + Container("sleep 600 & trap \\u0027kill %1; exit 0\\u0027 TERM; wait"));
        await node.UntilRunningAsync("web");
        var sandbox = (await node.AllAsync()).Single(container => container.Identity.IsSandbox);
        await node.Runtime.StopAsync(sandbox.Id, TimeSpan.Zero, default);
        var pod = await node.UntilPodAsync("web", pod => (int?)TestNode.Container(pod)["restartCount"] == 1 && TestNode.Container(pod)["state"]!["running"] is not null, "runs again");
        Assert.Equal(1, (int?)pod["status"]!["initContainerStatuses"]![0]!["restartCount"]);
        Assert.NotNull(pod["status"]!["podIP"]);
        await node.UntilAsync(async () => (await node.AllAsync()).Single(container => container.Identity.IsSandbox).Identity.Attempt == 1, "the old sandbox is gone");
        await node.UntilEventAsync("web", "SandboxChanged", "Pod sandbox changed");
    }

    [Theory]
    [InlineData("trap \\u0027exit 0\\u0027 TERM; while true; do sleep 0.1; done", 60, 0, 40)]
    [InlineData("trap : TERM; while true; do sleep 0.1; done", 3, 3, 40)]
    public async Task Deletion_asks_first_and_kills_after_the_grace_period(string script, int grace, double atLeast, double atMost)
    {
        await using var node = await StartAsync();
        await node.CreatePodAsync("web", Container(script));
        await node.UntilRunningAsync("web");
        var watch = Stopwatch.StartNew();
        await node.DeletePodAsync("web", grace);
        await node.UntilGoneAsync("web");
        Assert.InRange(watch.Elapsed.TotalSeconds, atLeast, atMost);
        await node.UntilAsync(async () => (await node.AllAsync()).Length == 0, "its containers are gone");
        await node.UntilAsync(() => Task.FromResult(Directory.GetDirectories(Path.Combine(node.Folder, "pods")).Length == 0), "its folder is gone");
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_told_before_the_wait()
    {
        await using var node = await StartAsync();
        await node.CreatePodAsync("nope", $"'containers':[{{'name':'c','image':'{_image}','command':['/no/such/program']}}]");
        // That it cannot run is told for two seconds, and then that the next try waits.
        var pod = await node.UntilPodAsync("nope", pod => WaitingReason(pod) is "RunContainerError" or "CrashLoopBackOff", "is refused");
        var last = TestNode.Container(pod)["lastState"]!["terminated"]!;
        Assert.Equal((127, "ContainerCannotRun"), ((int?)last["exitCode"], (string?)last["reason"]));
        if (WaitingReason(pod) == "RunContainerError")
            Assert.Contains("/no/such/program", (string?)TestNode.Container(pod)["state"]!["waiting"]!["message"]);
        await node.UntilEventAsync("nope", "Failed", "/no/such/program");
        await node.UntilPodAsync("nope", pod => WaitingReason(pod) == "CrashLoopBackOff", "waits");
    }

    [Fact]
    public async Task Environment_arguments_and_files_reach_the_program()
    {
        await using var node = await StartAsync();
        await node.CreateAsync(KubeResources.ConfigMaps, "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'settings'},'data':{'A':'from map','file.txt':'content'}}");
        await node.CreateAsync(KubeResources.Secrets, "{'apiVersion':'v1','kind':'Secret','metadata':{'name':'hush'},'data':{'B':'ZnJvbSBzZWNyZXQ='}}");
        await node.CreatePodAsync("env", """
            'restartPolicy':'Never','hostAliases':[{'ip':'192.0.2.77','hostnames':['friend']}],'hostname':'named',
            'volumes':[{'name':'v','configMap':{'name':'settings'}},{'name':'e','emptyDir':{}}],
            'containers':[{'name':'c','image':'IMAGE','command':['sh','-c','echo $A,$B,$N,$IP,$0,$1; cat /v/file.txt; echo; grep friend /etc/hosts; hostname; echo x >/e/f && cat /e/f'],'args':['$(N)','$$(N)'],
              'volumeMounts':[{'name':'v','mountPath':'/v'},{'name':'e','mountPath':'/e'}],'envFrom':[{'configMapRef':{'name':'settings'}}],
              'env':[{'name':'B','valueFrom':{'secretKeyRef':{'name':'hush','key':'B'}}},{'name':'N','valueFrom':{'fieldRef':{'fieldPath':'metadata.name'}}},{'name':'IP','valueFrom':{'fieldRef':{'fieldPath':'status.podIP'}}}]}]
            """.Replace("IMAGE", _image));
        var pod = await node.UntilPodAsync("env", pod => (string?)pod["status"]!["phase"] is "Succeeded" or "Failed", "is done");
        var lines = (await node.LogAsync("env")).Split('\n');
        Assert.Equal($"from map,from secret,env,{pod["status"]!["podIP"]},env,$(N)", lines[0]);
        Assert.Equal("content", lines[1]);
        Assert.Matches(@"192\.0\.2\.77\s+friend", lines[2]);
        Assert.Equal(["named", "x"], lines[3..5]);
    }

    [Fact]
    public async Task Logs_are_followed_cut_and_timed()
    {
        await using var node = await StartAsync();
        await node.CreatePodAsync("talk", "'restartPolicy':'Never'," + Container("for i in 1 2 3 4 5; do echo line $i; sleep 0.2; done"));
        await node.UntilPodAsync("talk", pod => TestNode.Container(pod)["state"]!["running"] is not null || (string?)pod["status"]!["phase"] == "Succeeded", "runs");
        const string all = "line 1\nline 2\nline 3\nline 4\nline 5\n";
        Assert.Equal(all, await node.LogAsync("talk", request: new NodeLogRequest { Follow = true }));
        Assert.Equal("line 4\nline 5\n", await node.LogAsync("talk", request: new NodeLogRequest { TailLines = 2 }));
        Assert.Equal(all[..9], await node.LogAsync("talk", request: new NodeLogRequest { LimitBytes = 9 }));
        Assert.Matches(@"^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z line \d\n){5}$", await node.LogAsync("talk", request: new NodeLogRequest { Timestamps = true }));
    }

    [Fact]
    public async Task A_private_image_is_for_those_who_may_have_it()
    {
        var (registry, user, password) = (Lab.Require("KUBE_LAB_REGISTRY"), Lab.Require("KUBE_LAB_REGISTRY_USER"), Lab.Require("KUBE_LAB_REGISTRY_PASSWORD"));
        var secret = Lab.Require("KUBE_LAB_PRIVATE_IMAGE");
        await using var node = await StartAsync();
        string Pod(string pullSecret) => $"'restartPolicy':'Never','imagePullSecrets':[{(pullSecret.Length == 0 ? "" : $"{{'name':'{pullSecret}'}}")}],'containers':[{{'name':'c','image':'{secret}','imagePullPolicy':'Always','command':['echo','hello']}}]";
        Task KeepAsync(string name, string as_, string word)
        {
            var config = JsonSerializer.Serialize(new { auths = new Dictionary<string, object> { [registry] = new { auth = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{as_}:{word}")) } } });
            return node.CreateAsync(KubeResources.Secrets, $"{{'apiVersion':'v1','kind':'Secret','metadata':{{'name':'{name}'}},'type':'kubernetes.io/dockerconfigjson','data':{{'.dockerconfigjson':'{Convert.ToBase64String(Encoding.UTF8.GetBytes(config))}'}}}}");
        }
        await KeepAsync("good", user, password);
        await KeepAsync("bad", user, "wrong-" + password);

        await node.CreatePodAsync("nobody", Pod(""));
        var nobody = await node.UntilPodAsync("nobody", IsImageRefused, "is refused");
        Assert.Contains($"pulled anonymously: there is no credential for {registry}", (string?)TestNode.Container(nobody)["state"]!["waiting"]!["message"]);
        await node.UntilPodAsync("nobody", pod => WaitingReason(pod) == "ImagePullBackOff", "waits");

        await node.CreatePodAsync("wrong", Pod("bad"));
        var wrong = await node.UntilPodAsync("wrong", IsImageRefused, "is refused");
        Assert.Contains($"as {user} at {registry} (from {node.Namespace}/bad)", (string?)TestNode.Container(wrong)["state"]!["waiting"]!["message"]);

        await node.CreatePodAsync("missing", Pod("none"));
        await node.UntilEventAsync("missing", "FailedToRetrieveImagePullSecret", "Unable to retrieve some image pull secrets (none)");

        await node.CreatePodAsync("right", Pod("good"));
        await node.UntilPodAsync("right", pod => (string?)pod["status"]!["phase"] == "Succeeded", "has run");
        Assert.Equal("hello\n", await node.LogAsync("right"));
        await node.UntilEventAsync("right", "Pulled", "Successfully pulled image");

        // It is in the engine now, and still not for all.
        await node.CreatePodAsync("thief", Pod("").Replace("'Always'", "'IfNotPresent'"));
        await node.UntilPodAsync("thief", IsImageRefused, "is refused");
        await node.CreatePodAsync("never", Pod("").Replace("'Always'", "'Never'"));
        var never = await node.UntilPodAsync("never", pod => WaitingReason(pod) == "ErrImageNeverPull", "is refused");
        Assert.Contains("credentials that this pod does not have", (string?)TestNode.Container(never)["state"]!["waiting"]!["message"]);
        await node.CreatePodAsync("friend", Pod("good").Replace("'Always'", "'IfNotPresent'"));
        await node.UntilPodAsync("friend", pod => (string?)pod["status"]!["phase"] == "Succeeded", "has run");
        await node.UntilEventAsync("friend", "Pulled", "already present on machine");

        // The node's own credentials are for every pod.
        await File.WriteAllTextAsync(Path.Combine(node.Folder, "config.json"), JsonSerializer.Serialize(new { auths = new Dictionary<string, object> { [registry] = new { username = user, password } } }));
        await node.CreatePodAsync("own", Pod(""));
        await node.UntilPodAsync("own", pod => (string?)pod["status"]!["phase"] == "Succeeded", "has run");

        var told = string.Concat((await Task.WhenAll(((string[])["nobody", "wrong", "right", "thief", "own"]).Select(node.EventsAsync))).SelectMany(events => events).Select(told => told.ToJsonString())) + node.Log;
        Assert.DoesNotContain(password, told);
        Assert.DoesNotContain(password, await File.ReadAllTextAsync(Path.Combine(node.Folder, "image-pulls.json")));
    }
}
