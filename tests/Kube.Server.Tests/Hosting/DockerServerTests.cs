using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Kube.Agent.Runtime;
using Kube.Agent.Runtime.Docker;

namespace Kube.Server.Tests.Hosting;

/// <summary>A whole server on a real Docker Engine: what becomes of containers when it ends, and how pods reach it.</summary>
public sealed class DockerServerTests : IAsyncDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("kube-server-").FullName;
    readonly string _node = "node-" + Guid.NewGuid().ToString("N")[..8];
    readonly string _engine = Lab.Require("KUBE_LAB_DOCKER_HOST");
    readonly string _image = Lab.Require("KUBE_LAB_IMAGE");

    readonly HashSet<string> _owners = [];

    string Data => Path.Combine(_folder, "data");

    string Kubeconfig => Path.Combine(_folder, "kubeconfig");

    /// <summary>A test that failed leaves no containers behind either.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var owner in _owners)
        {
            await using var runtime = Runtime(owner);
            foreach (var container in await runtime.ListAsync(default))
            {
                await runtime.StopAsync(container.Id, TimeSpan.Zero, default);
                await runtime.RemoveAsync(container.Id, default);
            }
        }
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Killed_or_stopped_it_leaves_the_containers_running_and_finds_them_again()
    {
        string container;
        await using (var first = await StartAsync("--data-path", Data))
        {
            await CreateAsync(first.Api(), "web");
            container = await RunningAsync(first.Api(), "web");
            first.Process.Kill();
            await first.Process.WaitForExitAsync().WaitAsync(ServerProcess.Bound);
        }
        await using (var second = await StartAsync("--data-path", Data))
        {
            Assert.Equal(container, await RunningAsync(second.Api(), "web"));
            Assert.Equal(0, await second.StopAsync());
        }
        await using (var third = await StartAsync("--data-path", Data))
        {
            Assert.Equal(container, await RunningAsync(third.Api(), "web"));
            var pod = (KubePod)await third.Api().GetAsync(KubeResources.Pods, "default", "web", default);
            Assert.Equal((0, "1/1"), (pod.RestartCount, pod.Ready));
            await third.Api().DeleteAsync(KubeResources.Pods, "default", "web", new DeleteOptions { GracePeriodSeconds = 1 }, default);
            await NothingLeftAsync(await OwnerAsync(Data));
        }
    }

    [Fact]
    public async Task In_memory_its_containers_go_with_it_and_after_a_kill_with_the_next()
    {
        string owner;
        await using (var first = await StartAsync("--in-memory"))
        {
            await CreateAsync(first.Api(), "web");
            owner = await OwnerOfAsync(await RunningAsync(first.Api(), "web"));
            Assert.NotEmpty(await ContainersAsync(owner));
            first.Process.Kill();
            await first.Process.WaitForExitAsync().WaitAsync(ServerProcess.Bound);
        }
        Assert.NotEmpty(await ContainersAsync(owner));
        await using var second = await StartAsync("--in-memory");
        await NothingLeftAsync(owner);
        await CreateAsync(second.Api(), "web");
        await RunningAsync(second.Api(), "web");
        Assert.Equal(0, await second.StopAsync());
        Assert.Empty(await ContainersAsync(owner));
    }

    [Fact]
    public async Task A_log_that_is_followed_goes_on_without_loss_or_repeat_where_the_server_is_killed_and_started_again()
    {
        var lines = new List<string>();
        var notices = new ConcurrentQueue<KubeLogNotice>();
        using var enough = new CancellationTokenSource();
        Task following;
        int port;
        await using (var first = await StartAsync("--data-path", Data))
        {
            port = first.Options().Server.Port;
            await CreateAsync(first.Api(), "counter", "i=0; while true; do i=$((i+1)); echo $i; sleep 0.05; done");
            await RunningAsync(first.Api(), "counter");
            following = FollowAsync(first.Api());
            await ServerProcess.UntilAsync(() => Count() >= 20, "the log is read");
            first.Process.Kill();
            await first.Process.WaitForExitAsync().WaitAsync(ServerProcess.Bound);
        }
        var before = Count();
        await using var second = ServerProcess.Launch(Kubeconfig, "run", "--port", $"{port}", "--kubeconfig", Kubeconfig, "--data-path", Data, "--agent", "docker", "--docker-host", _engine, "--node-name", _node);
        await second.ReadyAsync();
        await ServerProcess.UntilAsync(() => Count() >= before + 40 || following.IsCompleted, "the log goes on");
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
        Assert.Equal(Enumerable.Range(1, lines.Count).Select(i => $"{i}"), lines);
        Assert.Contains(notices, notice => notice.IsWarning);
        await second.Api().DeleteAsync(KubeResources.Pods, "default", "counter", new DeleteOptions { GracePeriodSeconds = 0 }, default);
        await NothingLeftAsync(await OwnerAsync(Data));

        int Count()
        {
            lock (lines) return lines.Count;
        }

        async Task FollowAsync(KubeApi api)
        {
            await foreach (var batch in api.ReadLogTextAsync("default", "counter", new LogOptions { Container = "c", Follow = true }, withTimes: false, notices.Enqueue, enough.Token))
                lock (lines) lines.AddRange(batch.Select(line => line.Text));
        }
    }

    [Fact]
    public async Task A_pod_reaches_the_server_by_name_with_its_token()
    {
        await using var server = await StartAsync("--data-path", Data);
        var api = server.Api();
        var account = "/var/run/secrets/kubernetes.io/serviceaccount";
        var say = $"cat {account}/namespace; echo; wc -c < {account}/ca.crt; cat {account}/token; echo; until nc -w 5 kubernetes.default $KUBERNETES_SERVICE_PORT < /dev/null; do sleep 1; done; echo reached; sleep 600";
        await CreateAsync(api, "client", say);
        await RunningAsync(api, "client");
        string[] lines = [];
        await ServerProcess.UntilAsync(async () =>
        {
            await using var log = await api.OpenLogAsync("default", "client", new LogOptions(), default);
            lines = (await new StreamReader(log).ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return lines.Length >= 4;
        }, "the pod has reached the server");
        Assert.Equal("default", lines[0]);
        Assert.True(int.Parse(lines[1]) > 200);
        Assert.Equal("reached", lines[3]);
        using var http = server.Http(lines[2]);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/api")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync("/api/v1/pods")).StatusCode);
        await api.DeleteAsync(KubeResources.Pods, "default", "client", new DeleteOptions { GracePeriodSeconds = 0 }, default);
        // Its token goes with it.
        await ServerProcess.UntilAsync(async () => (await http.GetAsync("/api")).StatusCode == HttpStatusCode.Unauthorized, "the token has ended");
        await NothingLeftAsync(await OwnerAsync(Data));
    }

    Task<ServerProcess> StartAsync(params string[] args) =>
        ServerProcess.StartAsync(Kubeconfig, [.. args, "--agent", "docker", "--docker-host", _engine, "--node-name", _node]);

    async Task CreateAsync(KubeApi api, string name, string command = "sleep 600")
    {
        var pod = JsonSerializer.Serialize(new
        {
            apiVersion = "v1",
            kind = "Pod",
            metadata = new { name },
            spec = new { terminationGracePeriodSeconds = 1, containers = new[] { new { name = "c", image = _image, imagePullPolicy = "Never", command = (string[])["sh", "-c", command] } } },
        });
        await api.CreateAsync(KubeResources.Pods, "default", Encoding.UTF8.GetBytes(pod), new WriteOptions(), default);
    }

    async Task<string> RunningAsync(KubeApi api, string name)
    {
        var id = "";
        await ServerProcess.UntilAsync(async () =>
        {
            var pod = (KubePod)await api.GetAsync(KubeResources.Pods, "default", name, default);
            var status = pod.ContainerStatuses.FirstOrDefault();
            id = status?.ContainerID ?? "";
            return pod.State == "Running" && pod.Ready == "1/1";
        }, $"pod {name} runs");
        _owners.Add(await OwnerOfAsync(id));
        return id;
    }

    async Task<string> OwnerAsync(string data) => (await File.ReadAllTextAsync(Path.Combine(data, "cluster-id"))).Trim() + "/" + _node;

    async Task<string> OwnerOfAsync(string containerId)
    {
        await using var runtime = Runtime("any");
        return (await runtime.InspectAsync(containerId["docker://".Length..], default))!.Labels[ContainerLabels.Owner];
    }

    async Task<IReadOnlyList<RuntimeContainer>> ContainersAsync(string owner)
    {
        await using var runtime = Runtime(owner);
        return await runtime.ListAsync(default);
    }

    Task NothingLeftAsync(string owner) => ServerProcess.UntilAsync(async () => (await ContainersAsync(owner)).Count == 0, "all containers are gone");

    DockerRuntime Runtime(string owner) => new(new DockerRuntimeOptions { Owner = owner, Host = _engine });
}
