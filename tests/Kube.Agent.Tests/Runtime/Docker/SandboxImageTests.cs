using System.Diagnostics;
using System.Formats.Tar;
using Kube.Agent.Runtime;
using Kube.Agent.Runtime.Docker;
using static Kube.Agent.Tests.Runtime.Docker.DockerFixture;

namespace Kube.Agent.Tests.Runtime.Docker;

public class SandboxImageTests
{
    [Theory]
    [InlineData("amd64", 62)]
    [InlineData("arm64", 183)]
    public void The_program_is_a_small_static_executable(string architecture, int machine)
    {
        var program = SandboxImage.Executable(architecture)!;
        Assert.InRange(program.Length, 64 + 56 + 1, 800);
        Assert.Equal([0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1], program[..7]);
        Assert.Equal(2, BitConverter.ToUInt16(program, 16));
        Assert.Equal(machine, BitConverter.ToUInt16(program, 18));
        // Entry right behind the headers; the one segment is the whole file.
        Assert.Equal(0x400000UL + 120, BitConverter.ToUInt64(program, 24));
        Assert.Equal((ulong)program.Length, BitConverter.ToUInt64(program, 64 + 32));
    }

    [Fact]
    public void Other_architectures_have_none() => Assert.Null(SandboxImage.Executable("riscv64"));

    [Fact]
    public void The_image_holds_the_program_and_nothing_else()
    {
        using var archive = SandboxImage.Archive([1, 2, 3]);
        using var tar = new TarReader(archive);
        var entry = tar.GetNextEntry()!;
        Assert.Equal("sandbox", entry.Name);
        Assert.Equal(3, entry.Length);
        Assert.True(entry.Mode.HasFlag(UnixFileMode.OtherExecute));
        Assert.Null(tar.GetNextEntry());
    }

    /// <summary>Outside of a container, where signals end a program by default: that it was the program itself shows in its exit code.</summary>
    [Theory]
    [InlineData("amd64", "TERM")]
    [InlineData("amd64", "INT")]
    [InlineData("arm64", "TERM")]
    public async Task The_program_waits_for_its_signal(string architecture, string signal)
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("needs Linux");
            return;
        }
        var own = System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.X64 ? "amd64" : "arm64";
        var emulator = architecture == own ? null : architecture == "arm64" ? "/usr/bin/qemu-aarch64-static" : "/usr/bin/qemu-x86_64-static";
        if (emulator is not null)
            Lab.RequireFile(emulator);

        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, SandboxImage.Executable(architecture)!);
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            using var process = Process.Start(emulator is null ? new ProcessStartInfo(path) : new ProcessStartInfo(emulator, [path]))!;
            var started = Stopwatch.StartNew();
            while (!IsWaiting(File.ReadAllText($"/proc/{process.Id}/status")))
            {
                Assert.True(started.Elapsed < TimeSpan.FromSeconds(60), "the program does not come to wait");
                await Task.Delay(5);
            }
            Assert.False(process.HasExited);
            Process.Start("kill", ["-" + signal, process.Id.ToString()])!.WaitForExit();
            Assert.True(process.WaitForExit(60_000));
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>It sleeps and ignores SIGCHLD, signal 17.</summary>
    static bool IsWaiting(string status) =>
        status.Contains("State:\tS") && (Convert.ToUInt64(status.Split("SigIgn:\t")[1][..16], 16) & 1 << 16) != 0;

    [Fact]
    public async Task A_sandbox_stops_at_once()
    {
        await using var docker = new DockerFixture();
        var sandbox = await docker.StartSandboxAsync(docker.NewPod());
        var time = Stopwatch.StartNew();
        await docker.Runtime.StopAsync(sandbox, TimeSpan.FromSeconds(50), Soon);
        Assert.InRange(time.Elapsed.TotalSeconds, 0, 40);
        var stopped = (await docker.Runtime.InspectAsync(sandbox, Soon))!;
        Assert.Equal(RuntimeState.Exited, stopped.State);
        Assert.Equal(0, stopped.ExitCode);
    }

    [Fact]
    public async Task Orphans_leave_no_zombies()
    {
        await using var docker = new DockerFixture();
        var pod = docker.NewPod();
        var sandbox = await docker.StartSandboxAsync(pod);
        // Each inner shell leaves its sleep behind, which goes to PID 1, the sandbox.
        var text = await docker.OutputAsync(pod, sandbox, """
            for i in 1 2 3 4 5; do sh -c 'sleep 0.1 & exit 0'; done
            sleep 1
            cat /proc/1/comm
            for status in /proc/[0-9]*/status; do grep -H '^State:.*Z' $status; done
            echo end
            """, config => config with { PidMode = "pod" });
        Assert.Equal("sandbox\nend\n", text);
    }

    [Fact]
    public async Task Another_image_can_take_its_place()
    {
        await using var docker = new DockerFixture();
        await using var runtime = new DockerRuntime(new DockerRuntimeOptions { Owner = docker.Owner, Host = docker.Host, SandboxImage = docker.Image });
        var pod = docker.NewPod();
        var id = await runtime.CreateSandboxAsync(new SandboxConfig { Name = ContainerLabels.NameOf(pod), Labels = ContainerLabels.Write(pod), Hostname = "h" }, Soon);
        Assert.Equal((await runtime.InspectImageAsync(docker.Image, Soon))!.Id, (await runtime.InspectAsync(id, Soon))!.ImageId);
    }

    [Fact]
    public async Task An_image_that_cannot_be_had_is_named()
    {
        await using var docker = new DockerFixture();
        await using var runtime = new DockerRuntime(new DockerRuntimeOptions { Owner = docker.Owner, Host = docker.Host, SandboxImage = "localhost:1/no/such:1" });
        var pod = docker.NewPod();
        var refusal = await Assert.ThrowsAsync<RuntimeException>(() => runtime.CreateSandboxAsync(new SandboxConfig { Name = ContainerLabels.NameOf(pod), Labels = ContainerLabels.Write(pod), Hostname = "h" }, Soon));
        Assert.Contains("localhost:1/no/such:1", refusal.Message);
    }
}
