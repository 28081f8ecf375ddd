using System.Text.Json;
using Kube.Agent.Runtime;
using Kube.Agent.Runtime.Docker;
using static Kube.Agent.Tests.Runtime.Docker.DockerFixture;

namespace Kube.Agent.Tests.Runtime.Docker;

/// <summary>Against a real engine.</summary>
public class DockerRuntimeTests
{
    [Fact]
    public async Task The_engine_tells_what_it_is()
    {
        await using var docker = new DockerFixture();
        var info = await docker.Runtime.GetInfoAsync(Soon);
        Assert.Equal("linux", info.Platform);
        Assert.Contains(info.Architecture, new[] { "amd64", "arm64" });
        Assert.Matches(@"^\d+\.\d+", info.Version);
        Assert.True(info.Processors > 0 && info.MemoryBytes > 0);
        Assert.NotEmpty(info.KernelVersion);
        Assert.True(info.SharesFiles);
        Assert.Matches(@"^\d+\.\d+\.\d+\.\d+$", info.GatewayAddress);
    }

    [Fact]
    public async Task Containers_live_and_are_described()
    {
        await using var docker = new DockerFixture();
        var pod = docker.NewPod();
        var sandbox = await docker.StartSandboxAsync(pod);
        var id = await docker.CreateAsync(pod, sandbox, "exit 3", attempt: 2);

        var created = await docker.Runtime.InspectAsync(id, Soon);
        Assert.Equal(RuntimeState.Created, created!.State);
        Assert.Null(created.StartedAt);
        Assert.Null(created.FinishedAt);
        Assert.Null(created.Address);
        Assert.Equal(2, ContainerLabels.Read(created.Labels)!.Attempt);
        Assert.Equal(docker.Owner, created.Labels[ContainerLabels.Owner]);

        await docker.Runtime.StartAsync(id, Soon);
        var exited = await docker.UntilExitedAsync(id);
        Assert.Equal(3, exited.ExitCode);
        Assert.InRange(exited.StartedAt!.Value, exited.CreatedAt, DateTimeOffset.MaxValue);
        Assert.InRange(exited.FinishedAt!.Value, exited.StartedAt.Value, DateTimeOffset.MaxValue);
        Assert.Equal(TimeSpan.Zero, exited.CreatedAt.Offset);

        var described = JsonDocument.Parse((await docker.Runtime.DescribeAsync(id, Soon))!.Value).RootElement;
        Assert.Equal(id, described.GetProperty("Id").GetString());
        Assert.Equal("/" + ContainerLabels.NameOf(pod with { Container = "main", Attempt = 2 }), described.GetProperty("Name").GetString());

        await docker.Runtime.RemoveAsync(id, Soon);
        Assert.Null(await docker.Runtime.InspectAsync(id, Soon));
        Assert.Null(await docker.Runtime.DescribeAsync(id, Soon));
        await docker.Runtime.RemoveAsync(id, Soon);
        await docker.Runtime.StopAsync(id, TimeSpan.Zero, Soon);
    }

    [Fact]
    public async Task Only_its_own_containers_are_listed()
    {
        await using var one = new DockerFixture();
        await using var other = new DockerFixture();
        var sandbox = await one.StartSandboxAsync(one.NewPod());
        var listed = Assert.Single(await one.Runtime.ListAsync(Soon));
        Assert.Equal(sandbox, listed.Id);
        Assert.Equal(RuntimeState.Running, listed.State);
        Assert.Matches(@"^\d+\.\d+\.\d+\.\d+$", listed.Address);
        Assert.Empty(await other.Runtime.ListAsync(Soon));
    }

    [Fact]
    public async Task Containers_share_their_pods_network_and_ipc()
    {
        await using var docker = new DockerFixture();
        var pod = docker.NewPod();
        var sandbox = await docker.StartSandboxAsync(pod, config => config with { HostAliases = [("kubernetes.default", "10.9.8.7")] });
        var one = await docker.OutputAsync(pod, sandbox, "hostname; readlink /proc/self/ns/net; readlink /proc/self/ns/ipc; cat /etc/hosts", name: "one");
        var two = await docker.OutputAsync(pod, sandbox, "hostname; readlink /proc/self/ns/net; readlink /proc/self/ns/ipc; cat /etc/hosts", name: "two");
        Assert.Equal(one, two);
        Assert.StartsWith(pod.Pod + "\n", one);
        Assert.Matches(@"10\.9\.8\.7\s+kubernetes\.default", one);
    }

    [Theory]
    [InlineData("", "", "/|")]
    [InlineData("echo", "", "\n")]
    [InlineData("echo", "a b|c", "a b c\n")]
    public async Task Command_and_arguments_are_those_given(string command, string arguments, string expected)
    {
        await using var docker = new DockerFixture();
        var pod = docker.NewPod();
        var sandbox = await docker.StartSandboxAsync(pod);
        if (command == "")
        {
            // The image's own command is a shell, which ends at once without input.
            var id = await docker.RunAsync(pod, sandbox, "", config => config with { Command = [] });
            Assert.Equal(0, (await docker.UntilExitedAsync(id)).ExitCode);
            return;
        }
        Assert.Equal(expected, await docker.OutputAsync(pod, sandbox, "", config => config with { Command = [command], Arguments = arguments == "" ? [] : arguments.Split('|') }));
    }

    [Fact]
    public async Task Everything_in_the_configuration_reaches_the_container()
    {
        await using var docker = new DockerFixture();
        var pod = docker.NewPod();
        var sandbox = await docker.StartSandboxAsync(pod);
        var text = await docker.OutputAsync(pod, sandbox, "pwd; echo \"$A|$B\"; id -u; id -g; id -G; touch /x 2>&1; grep -E 'NoNewPrivs|CapBnd' /proc/self/status", config => config with
        {
            WorkingDirectory = "/tmp",
            Environment = [("A", "1=2"), ("B", "two words")],
            User = "1000:2000",
            SupplementalGroups = [3000],
            ReadOnlyRootFilesystem = true,
            NoNewPrivileges = true,
            DropCapabilities = ["ALL"],
            AddCapabilities = ["NET_BIND_SERVICE"],
            MemoryBytes = 64 << 20,
            NanoCpus = 500_000_000,
            CpuShares = 512,
        });
        Assert.Equal(["/tmp", "1=2|two words", "1000", "2000", "2000 3000"], text.Split('\n')[..5]);
        Assert.Contains("Read-only file system", text);
        Assert.Matches(@"NoNewPrivs:\s+1", text);
        Assert.Matches(@"CapBnd:\s+0000000000000400", text);

        var id = (await docker.Runtime.ListAsync(Soon)).Single(c => c.Id != sandbox).Id;
        var host = JsonDocument.Parse((await docker.Runtime.DescribeAsync(id, Soon))!.Value).RootElement.GetProperty("HostConfig");
        Assert.Equal(64 << 20, host.GetProperty("Memory").GetInt64());
        Assert.Equal(500_000_000, host.GetProperty("NanoCpus").GetInt64());
        Assert.Equal(512, host.GetProperty("CpuShares").GetInt64());
        Assert.Equal("no", host.GetProperty("RestartPolicy").GetProperty("Name").GetString());
    }

    [Fact]
    public async Task What_uses_up_its_memory_is_killed_for_it()
    {
        await using var docker = new DockerFixture();
        var pod = docker.NewPod();
        var sandbox = await docker.StartSandboxAsync(pod);
        var id = await docker.RunAsync(pod, sandbox, "x=aaaaaaaaaaaaaaaa; while true; do x=$x$x; done", config => config with { MemoryBytes = 16 << 20 });
        var exited = await docker.UntilExitedAsync(id);
        Assert.Equal(137, exited.ExitCode);
        Assert.True(exited.OomKilled);
    }

    [Fact]
    public async Task A_start_that_fails_says_why()
    {
        await using var docker = new DockerFixture();
        var pod = docker.NewPod();
        var sandbox = await docker.StartSandboxAsync(pod);
        var id = await docker.CreateAsync(pod, sandbox, "", config => config with { Command = ["/no/such/program"] });
        var refusal = await Assert.ThrowsAsync<RuntimeException>(() => docker.Runtime.StartAsync(id, Soon));
        Assert.Contains("/no/such/program", refusal.Message);
        Assert.DoesNotContain("{", refusal.Message);
        var container = (await docker.Runtime.InspectAsync(id, Soon))!;
        Assert.Equal(RuntimeState.Created, container.State);
        Assert.Equal(127, container.ExitCode);
        Assert.Contains("/no/such/program", container.Error);
        Assert.Null(container.FinishedAt);
    }

    [Fact]
    public async Task Stopping_waits_for_the_grace_period_and_no_longer()
    {
        await using var docker = new DockerFixture();
        var pod = docker.NewPod();
        var sandbox = await docker.StartSandboxAsync(pod);
        var polite = await docker.RunAsync(pod, sandbox, "trap 'exit 7' TERM; echo ready; while true; do sleep 0.05; done", name: "polite");
        var deaf = await docker.RunAsync(pod, sandbox, "trap '' TERM; echo ready; while true; do sleep 0.05; done", name: "deaf");
        await UntilLoggedAsync(docker, polite, "ready");
        await UntilLoggedAsync(docker, deaf, "ready");

        await docker.Runtime.StopAsync(polite, TimeSpan.FromSeconds(30), Soon);
        Assert.Equal(7, (await docker.UntilExitedAsync(polite)).ExitCode);
        var before = DateTimeOffset.UtcNow;
        await docker.Runtime.StopAsync(deaf, TimeSpan.FromSeconds(1), Soon);
        Assert.Equal(137, (await docker.UntilExitedAsync(deaf)).ExitCode);
        Assert.InRange((DateTimeOffset.UtcNow - before).TotalSeconds, 0.9, 20);
        await docker.Runtime.StopAsync(deaf, TimeSpan.FromSeconds(1), Soon);
    }

    [Fact]
    public async Task What_runs_is_not_removed()
    {
        await using var docker = new DockerFixture();
        var sandbox = await docker.StartSandboxAsync(docker.NewPod());
        await Assert.ThrowsAsync<RuntimeException>(() => docker.Runtime.RemoveAsync(sandbox, Soon));
    }

    [Fact]
    public async Task Events_tell_of_its_own_containers_alone()
    {
        await using var docker = new DockerFixture();
        await using var other = new DockerFixture();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var pod = docker.NewPod();
        var sandbox = await docker.StartSandboxAsync(pod);
        var seen = new HashSet<string>();
        var id = "";
        await foreach (var container in Restless(docker, stop.Token))
        {
            seen.Add(container);
            if (id == "")
            {
                var foreign = other.NewPod();
                await other.StartSandboxAsync(foreign);
                id = await docker.RunAsync(pod, sandbox, "exit 1");
            }
            if (id != "" && seen.Contains(id))
                break;
        }
        Assert.Subset((await docker.Runtime.ListAsync(Soon)).Select(c => c.Id).ToHashSet(), seen);
    }

    /// <summary>The events, with a sandbox that starts as soon as they are open and at intervals, as nothing says when that is.</summary>
    static async IAsyncEnumerable<string> Restless(DockerFixture docker, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var events = docker.Runtime.WatchAsync(cancel).GetAsyncEnumerator(cancel);
        await using var closing = events;
        while (true)
        {
            var next = events.MoveNextAsync().AsTask();
            while (await Task.WhenAny(next, Task.Delay(500, cancel)) != next)
                await docker.StartSandboxAsync(docker.NewPod());
            if (!await next)
                yield break;
            yield return events.Current;
        }
    }

    [Fact]
    public async Task Published_ports_lead_into_the_pod()
    {
        await using var docker = new DockerFixture();
        var port = FreePort();
        var pod = docker.NewPod();
        var sandbox = await docker.StartSandboxAsync(pod, config => config with { Ports = [new PortMapping(port, 8080, "TCP", "127.0.0.1")] });
        await docker.RunAsync(pod, sandbox, "mkdir /www; echo hello > /www/index.html; httpd -f -p 8080 -h /www");
        using var http = new HttpClient();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
            try
            {
                Assert.Equal("hello\n", await http.GetStringAsync($"http://127.0.0.1:{port}/index.html", limit.Token));
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50, limit.Token);
            }
    }

    [Fact]
    public async Task The_nodes_network_can_be_shared()
    {
        await using var docker = new DockerFixture();
        var pod = docker.NewPod();
        var sandbox = await docker.StartSandboxAsync(pod, config => config with { HostNetwork = true });
        var text = await docker.OutputAsync(pod, sandbox, "readlink /proc/self/ns/net");
        Assert.Equal(new FileInfo("/proc/self/ns/net").LinkTarget + "\n", text);
        Assert.Null((await docker.Runtime.InspectAsync(sandbox, Soon))!.Address);
    }

    static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    static async Task UntilLoggedAsync(DockerFixture docker, string id, string text)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!(await docker.LogAsync(id)).Contains(text))
            await Task.Delay(20, limit.Token);
    }
}
