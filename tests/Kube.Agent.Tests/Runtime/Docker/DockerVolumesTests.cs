using Kube.Agent.Runtime;
using static Kube.Agent.Tests.Runtime.Docker.DockerFixture;

namespace Kube.Agent.Tests.Runtime.Docker;

public class DockerVolumesTests
{
    static readonly SandboxVolume Disk = new("disk");
    static readonly SandboxVolume Memory = new("memory") { InMemory = true, SizeLimitBytes = 1 << 20 };

    [Fact]
    public async Task Containers_of_any_user_share_a_volume()
    {
        await using var docker = new DockerFixture();
        var pod = docker.NewPod();
        var sandbox = await docker.StartSandboxAsync(pod, config => config with { Volumes = [Disk, Memory] });
        Mount[] mounts = [new Mount.Volume("disk", "/d", false), new Mount.Volume("memory", "/m", false)];
        Assert.Equal("", await docker.OutputAsync(pod, sandbox, "echo one > /d/file; echo two > /m/file", config => config with { User = "1234", Mounts = mounts }, "writer"));
        Assert.Equal("one\ntwo\n", await docker.OutputAsync(pod, sandbox, "cat /d/file /m/file", config => config with { User = "4321", Mounts = mounts }, "reader"));
    }

    [Fact]
    public async Task A_volume_in_memory_keeps_to_its_limit()
    {
        await using var docker = new DockerFixture();
        var pod = docker.NewPod();
        var sandbox = await docker.StartSandboxAsync(pod, config => config with { Volumes = [Memory] });
        var text = await docker.OutputAsync(pod, sandbox, "grep ' /m ' /proc/mounts; dd if=/dev/zero of=/m/big bs=1M count=2", config => config with { Mounts = [new Mount.Volume("memory", "/m", false)] });
        Assert.Contains("tmpfs", text);
        Assert.Contains("No space left on device", text);
    }

    [Fact]
    public async Task A_volume_can_be_read_only()
    {
        await using var docker = new DockerFixture();
        var pod = docker.NewPod();
        var sandbox = await docker.StartSandboxAsync(pod, config => config with { Volumes = [Disk] });
        Assert.Contains("Read-only", await docker.OutputAsync(pod, sandbox, "touch /d/x 2>&1", config => config with { Mounts = [new Mount.Volume("disk", "/d", true)] }));
    }

    [Fact]
    public async Task A_part_of_a_volume_is_made_and_mounted()
    {
        await using var docker = new DockerFixture();
        var pod = docker.NewPod();
        var sandbox = await docker.StartSandboxAsync(pod, config => config with { Volumes = [Disk] });
        Mount[] part = [new Mount.Volume("disk", "/p", false) { SubPath = "a/b" }];
        Assert.Equal("", await docker.OutputAsync(pod, sandbox, "echo deep > /p/file", config => config with { User = "1000", Mounts = part }, "one"));
        // A second time it is there, and what is in it stays.
        Assert.Equal("deep\n", await docker.OutputAsync(pod, sandbox, "cat /p/file", config => config with { Mounts = part }, "two"));
        Assert.Equal("deep\n", await docker.OutputAsync(pod, sandbox, "cat /d/a/b/file", config => config with { Mounts = [new Mount.Volume("disk", "/d", false)] }, "three"));
    }

    [Theory]
    [InlineData("out")]
    [InlineData("out/etc")]
    public async Task A_part_of_a_volume_is_not_reached_over_a_link(string subPath)
    {
        await using var docker = new DockerFixture();
        var pod = docker.NewPod();
        var sandbox = await docker.StartSandboxAsync(pod, config => config with { Volumes = [Disk] });
        await docker.OutputAsync(pod, sandbox, "ln -s / /d/out", config => config with { Mounts = [new Mount.Volume("disk", "/d", false)] }, "one");
        var refusal = await Assert.ThrowsAsync<RuntimeException>(() => docker.CreateAsync(pod, sandbox, "", config => config with { Mounts = [new Mount.Volume("disk", "/p", false) { SubPath = subPath }] }, "two"));
        Assert.Contains("symbolic link", refusal.Message);
    }

    [Fact]
    public async Task Volumes_go_with_the_pods_last_container()
    {
        await using var docker = new DockerFixture();
        using var engine = await docker.OpenEngineAsync();
        var pod = docker.NewPod();
        var first = await docker.StartSandboxAsync(pod, config => config with { Volumes = [Disk, Memory] });
        Mount[] mounts = [new Mount.Volume("disk", "/d", false)];
        await docker.OutputAsync(pod, first, "echo kept > /d/file", config => config with { Mounts = mounts }, "one");
        Assert.Equal(2, await CountAsync());

        // Another sandbox takes the first one's place: what is on disk stays.
        await docker.Runtime.StopAsync(first, TimeSpan.Zero, Soon);
        var next = pod with { Attempt = 1 };
        var second = await docker.StartSandboxAsync(next, config => config with { Volumes = [Disk, Memory] });
        await docker.Runtime.RemoveAsync(first, Soon);
        Assert.Equal("kept\n", await docker.OutputAsync(pod, second, "cat /d/file", config => config with { Mounts = mounts }, "two"));

        foreach (var container in await docker.Runtime.ListAsync(Soon))
        {
            await docker.Runtime.StopAsync(container.Id, TimeSpan.Zero, Soon);
            await docker.Runtime.RemoveAsync(container.Id, Soon);
        }
        Assert.Equal(0, await CountAsync());

        async Task<int> CountAsync()
        {
            var filters = Uri.EscapeDataString($$"""{"label":["{{ContainerLabels.PodUid}}={{pod.Uid}}"]}""");
            using var json = System.Text.Json.JsonDocument.Parse(await engine.GetStringAsync($"v1.41/volumes?filters={filters}"));
            return json.RootElement.GetProperty("Volumes") is { ValueKind: System.Text.Json.JsonValueKind.Array } volumes ? volumes.GetArrayLength() : 0;
        }
    }

    [Fact]
    public async Task Folders_and_files_of_the_node_are_bound()
    {
        await using var docker = new DockerFixture();
        var folder = Directory.CreateTempSubdirectory("kube-test-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "file"), "hello\n");
            var missing = Path.Combine(folder.FullName, "missing");
            var pod = docker.NewPod();
            var sandbox = await docker.StartSandboxAsync(pod);
            Assert.Equal("hello\nhello\n", await docker.OutputAsync(pod, sandbox, "cat /f/file /one; touch /new/x", config => config with
            {
                Mounts = [new Mount.Bind(folder.FullName, "/f", true), new Mount.Bind(Path.Combine(folder.FullName, "file"), "/one", true), new Mount.Bind(missing, "/new", false) { CreateSource = true }],
            }));
            Assert.True(File.Exists(Path.Combine(missing, "x")));
            var refusal = await Assert.ThrowsAsync<RuntimeException>(() => docker.CreateAsync(pod, sandbox, "", config => config with { Mounts = [new Mount.Bind(missing + "2", "/x", false)] }, "two"));
            Assert.Contains(missing + "2", refusal.Message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
