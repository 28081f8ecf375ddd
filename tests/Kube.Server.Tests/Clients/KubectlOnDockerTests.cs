using Kube.Agent.Runtime.Docker;
using Kube.Server.Tests.Hosting;

namespace Kube.Server.Tests.Clients;

/// <summary>The real kubectl, a whole server, and containers of a real Docker Engine.</summary>
public sealed class KubectlOnDockerTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("kube-server-").FullName;
    readonly string _engine = Lab.Require("KUBE_LAB_DOCKER_HOST");
    readonly string _image = Lab.Require("KUBE_LAB_IMAGE");

    string Data => Path.Combine(_folder, "data");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_controllers_pods_are_followed_from_creation_to_deletion()
    {
        var node = "node-" + Guid.NewGuid().ToString("N")[..8];
        var kubeconfig = Path.Combine(_folder, "kubeconfig");
        await using var server = await ServerProcess.StartAsync(kubeconfig, "--data-path", Data, "--agent", "docker", "--docker-host", _engine, "--node-name", node);
        using var kubectl = new Kubectl(kubeconfig);
        Assert.Equal("replicationcontroller/talk created\n", await kubectl.DoAsync("create -f -", $$"""
            apiVersion: v1
            kind: ReplicationController
            metadata: {name: talk}
            spec:
              replicas: 1
              template:
                metadata: {labels: {app: talk} }
                spec:
                  terminationGracePeriodSeconds: 1
                  containers: [{name: c, image: "{{_image}}", imagePullPolicy: Never, command: [sh, -c, 'echo one; echo two >&2; sleep 600']}]
            """));
        var pod = "";
        await ServerProcess.UntilAsync(async () => (pod = (await kubectl.DoAsync("get pods -l app=talk -o name")).Trim()).Length > 0, "there is a pod");
        await kubectl.DoAsync($"wait --for=condition=Ready {pod} --timeout=120s");
        Assert.Matches($@"^talk-\w+ +1/1 +Running +0 +[\dms]+ +[\d.]+ +{node} +<none> +<none>\n$", await kubectl.DoAsync("get pods -o wide --no-headers"));

        using (var log = kubectl.Start($"logs -f {pod}"))
        {
            var lines = new[] { await log.StandardOutput.ReadLineAsync().WaitAsync(ServerProcess.Bound), await log.StandardOutput.ReadLineAsync().WaitAsync(ServerProcess.Bound) };
            Assert.Equal(["one", "two"], lines.Order());
            Assert.False(log.HasExited);
            log.Kill();
            await log.WaitForExitAsync().WaitAsync(ServerProcess.Bound);
        }

        var described = "";
        await ServerProcess.UntilAsync(async () => (described = await kubectl.DoAsync($"describe {pod}")).Contains("Started container c"), "events are told");
        Assert.Matches(@"Container ID: +docker://[0-9a-f]{64}\n", described);
        Assert.Matches(@"State: +Running\n", described);
        Assert.Matches($@"Successfully assigned default/talk-\w+ to {node}", described);
        Assert.Matches(@"Normal +SuccessfulCreate +replicationcontroller/talk +Created pod: talk-", await kubectl.DoAsync("get events"));

        Assert.Equal("replicationcontroller/talk scaled\n", await kubectl.DoAsync("scale rc talk --replicas=2"));
        await ServerProcess.UntilAsync(async () => (await kubectl.DoAsync("get rc talk --no-headers")).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..4] is ["2", "2", "2"], "both pods are ready");
        Assert.Contains("deleted", await kubectl.DoAsync("delete rc talk"));
        await ServerProcess.UntilAsync(async () => (await kubectl.DoAsync("get pods --no-headers")).StartsWith("No resources found"), "the pods are gone");
        await using var runtime = new DockerRuntime(new DockerRuntimeOptions { Owner = (await File.ReadAllTextAsync(Path.Combine(Data, "cluster-id"))).Trim() + "/" + node, Host = _engine });
        await ServerProcess.UntilAsync(async () => (await runtime.ListAsync(default)).Count == 0, "all containers are gone");
    }
}
