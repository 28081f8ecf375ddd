using System.Text;
using System.Text.Json;
using Kube.Agent.Runtime;
using Kube.Agent.Runtime.Docker;

namespace Kube.Server.Tests.Hosting;

/// <summary>An agent as a process of its own on a real Docker Engine, ended without warning.</summary>
public sealed class DockerAgentTests(DockerAgentTests.Fixture fixture) : IClassFixture<DockerAgentTests.Fixture>
{
    public sealed class Fixture() : ServerFixture("--agent", "none");

    readonly string _node = "node-" + Guid.NewGuid().ToString("N")[..8];
    readonly string _engine = Lab.Require("KUBE_LAB_DOCKER_HOST");
    readonly string _image = Lab.Require("KUBE_LAB_IMAGE");

    string Data => Path.Combine(fixture.Folder, _node);

    [Fact]
    public async Task Killed_it_leaves_the_containers_running_and_the_next_one_counts_on()
    {
        string web, killed;
        int crashes;
        await using (var first = Launch())
        {
            await CreateAsync("web", "sleep 600");
            await CreateAsync("killed", "sleep 600");
            await CreateAsync("crash", "exit 3");
            (web, killed) = (await RunningAsync("web", restarts: 0), await RunningAsync("killed", restarts: 0));
            await UntilAsync("crash", pod => pod.State == "CrashLoopBackOff", "waits");
            crashes = (await PodAsync("crash")).RestartCount;
            first.Process.Kill();
            await first.Process.WaitForExitAsync().WaitAsync(ServerProcess.Bound);
        }
        Assert.InRange(crashes, 1, 9);
        await using var runtime = new DockerRuntime(new DockerRuntimeOptions { Owner = await OwnerAsync(), Host = _engine });
        var left = (await runtime.ListAsync(default)).Where(container => container.State == RuntimeState.Running).Select(container => container.Id).ToArray();
        Assert.Superset(new HashSet<string>([web, killed]), left.ToHashSet());
        // What ends while nobody looks.
        await runtime.StopAsync(killed, TimeSpan.Zero, default);

        await using var second = Launch();
        Assert.NotEqual(killed, await RunningAsync("killed", restarts: 1));
        var last = (await PodAsync("killed")).ContainerStatuses.Single();
        Assert.Equal((137, "Error"), (last.LastExitCode, last.LastReason));
        Assert.Equal(web, await RunningAsync("web", restarts: 0));
        await UntilAsync("crash", pod => pod.RestartCount > crashes && pod.State == "CrashLoopBackOff", "goes on crashing");
        Assert.Equal(crashes + 1, (await PodAsync("crash")).RestartCount);
        Assert.Equal(crashes + 1, (await runtime.ListAsync(default)).Select(container => ContainerLabels.Read(container.Labels)!).Where(identity => identity is { Pod: "crash", IsSandbox: false }).Max(identity => identity.Attempt));
        Assert.False(File.Exists(Path.Combine(Data, "kube.db")));

        foreach (var name in (string[])["web", "killed", "crash"])
            await fixture.Api.DeleteAsync(KubeResources.Pods, "default", name, new DeleteOptions { GracePeriodSeconds = 1 }, default);
        await ServerProcess.UntilAsync(async () => (await runtime.ListAsync(default)).Count == 0, "all containers are gone");
    }

    ServerProcess Launch() =>
        ServerProcess.Launch("", "agent", "--kubeconfig", fixture.Server.Kubeconfig, "--data-path", Data, "--docker-host", _engine, "--node-name", _node);

    async Task CreateAsync(string name, string command)
    {
        var pod = JsonSerializer.Serialize(new
        {
            apiVersion = "v1",
            kind = "Pod",
            metadata = new { name },
            spec = new { terminationGracePeriodSeconds = 1, containers = new[] { new { name = "c", image = _image, imagePullPolicy = "Never", command = (string[])["sh", "-c", command] } } },
        });
        await fixture.Api.CreateAsync(KubeResources.Pods, "default", Encoding.UTF8.GetBytes(pod), new WriteOptions(), default);
    }

    async Task<string> RunningAsync(string name, int restarts)
    {
        await UntilAsync(name, pod => pod is { State: "Running", Ready: "1/1" } && pod.RestartCount == restarts, $"runs after {restarts} restarts");
        return (await PodAsync(name)).ContainerStatuses.Single().ContainerID!["docker://".Length..];
    }

    Task UntilAsync(string name, Func<KubePod, bool> condition, string what) =>
        ServerProcess.UntilAsync(async () => condition(await PodAsync(name)), $"pod {name} {what}");

    async Task<KubePod> PodAsync(string name) => (KubePod)await fixture.Api.GetAsync(KubeResources.Pods, "default", name, default);

    async Task<string> OwnerAsync() => (await File.ReadAllTextAsync(Path.Combine(Data, "cluster-id"))).Trim() + "/" + _node;
}
