using System.Net;
using System.Net.Sockets;
using System.Text;
using Kube.Agent.Runtime;
using Kube.Agent.Runtime.Docker;
using Kube.Agent.Volumes;
using static Kube.Agent.Tests.Runtime.Docker.DockerFixture;

namespace Kube.Agent.Tests.Runtime.Docker;

/// <summary>A real engine that is reached over the network, and so may be on another machine.</summary>
public sealed class RemoteEngineTests : IDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("kube-test-");

    public void Dispose()
    {
        _listener.Dispose();
        _root.Delete(recursive: true);
    }

    /// <summary>A way to the engine's socket over tcp.</summary>
    string Forward(string host)
    {
        _listener.Start();
        _ = Task.Run(async () =>
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync();
                var engine = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await engine.ConnectAsync(new UnixDomainSocketEndPoint(host["unix://".Length..]));
                _ = CopyAsync(client, engine);
                _ = CopyAsync(engine, client);
            }
        });
        return $"tcp://{_listener.LocalEndpoint}";
    }

    static async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is var length and > 0)
                await to.SendAsync(buffer.AsMemory(0, length));
            to.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // One side has gone; the other finds out.
            from.Dispose();
            to.Dispose();
        }
    }

    [Fact]
    public async Task It_gets_a_copy_of_the_agents_files()
    {
        await using var docker = new DockerFixture();
        await using var remote = new DockerRuntime(new DockerRuntimeOptions { Owner = docker.Owner, Host = Forward(docker.Host) });
        var info = await remote.GetInfoAsync(Soon);
        Assert.Equal((false, null), (info.SharesFiles, info.GatewayAddress));

        var folder = Path.Combine(_root.FullName, "v");
        AtomicFolder.Write(folder, [VolumeFile.Make("a", 420, "one"u8.ToArray()), VolumeFile.Make("d/e", 256, "two"u8.ToArray())], DateTimeOffset.UtcNow);
        var pod = docker.NewPod();
        var sandbox = await docker.StartSandboxAsync(pod);
        var identity = pod with { Container = "main", SandboxId = sandbox };
        var id = await remote.CreateContainerAsync(new ContainerConfig
        {
            Name = ContainerLabels.NameOf(identity),
            Labels = ContainerLabels.Write(identity),
            SandboxId = sandbox,
            ImageId = (await remote.InspectImageAsync(docker.Image, Soon))!.Id,
            Command = ["sh", "-c", "cd /var/run/secrets/x && ls && cat a d/e /etc/one && stat -c %a d/e"],
            Mounts = [new Mount.Bind(folder, "/var/run/secrets/x", true) { IsAgentsOwn = true }, new Mount.Bind(AtomicFolder.Find(folder, "a")!, "/etc/one", true) { IsAgentsOwn = true }],
        }, Soon);
        await remote.StartAsync(id, Soon);
        await docker.UntilExitedAsync(id);
        Assert.Equal("a\nd\nonetwoone400\n", await docker.LogAsync(id));
    }

    [Fact]
    public async Task A_copy_that_cannot_be_made_leaves_no_container()
    {
        await using var docker = new DockerFixture();
        await using var remote = new DockerRuntime(new DockerRuntimeOptions { Owner = docker.Owner, Host = Forward(docker.Host) });
        var pod = docker.NewPod();
        var sandbox = await docker.StartSandboxAsync(pod);
        var identity = pod with { Container = "main", SandboxId = sandbox };
        var refusal = await Assert.ThrowsAsync<RuntimeException>(async () => await remote.CreateContainerAsync(new ContainerConfig
        {
            Name = ContainerLabels.NameOf(identity),
            Labels = ContainerLabels.Write(identity),
            SandboxId = sandbox,
            ImageId = (await remote.InspectImageAsync(docker.Image, Soon))!.Id,
            Mounts = [new Mount.Bind(Path.Combine(_root.FullName, "none"), "/x", true) { IsAgentsOwn = true }],
        }, Soon));
        Assert.Contains("cannot be read", refusal.Message);
        Assert.Equal(sandbox, Assert.Single(await docker.Runtime.ListAsync(Soon)).Id);
    }
}
