using System.Text;
using Kube.Agent.Runtime;
using Kube.Agent.Runtime.Docker;
using static Kube.Agent.Tests.Runtime.Docker.DockerFixture;

namespace Kube.Agent.Tests.Runtime.Docker;

/// <summary>Commands in containers of a real engine.</summary>
public class DockerExecTests
{
    static async Task<(int ExitCode, string Output, string Error)> RunAsync(DockerFixture docker, string id, params string[] command)
    {
        var (output, error) = (new MemoryStream(), new MemoryStream());
        var exitCode = await docker.Runtime.ExecAsync(id, new ExecRequest(command), frame =>
        {
            (frame.IsError ? error : output).Write(frame.Bytes.Span);
            return ValueTask.CompletedTask;
        }, Soon);
        return (exitCode, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }

    [Fact]
    public async Task A_command_has_its_output_and_its_exit_code()
    {
        await using var docker = new DockerFixture();
        var pod = docker.NewPod();
        var id = await docker.RunAsync(pod, await docker.StartSandboxAsync(pod), "sleep 600");
        Assert.Equal((0, "a b\n", ""), await RunAsync(docker, id, "echo", "a b"));
        Assert.Equal((3, "out\n", "err\n"), await RunAsync(docker, id, "sh", "-c", "echo out; echo err >&2; exit 3"));
        Assert.Equal((0, "", ""), await RunAsync(docker, id, "true"));
        var (exitCode, output, _) = await RunAsync(docker, id, "sh", "-c", "head -c 300000 /dev/zero | tr '\\0' x");
        Assert.Equal((0, 300000, true), (exitCode, output.Length, output.All(c => c == 'x')));
        // Its outputs are closed before it ends.
        Assert.Equal((4, "", ""), await RunAsync(docker, id, "sh", "-c", "exec >&- 2>&-; sleep 1; exit 4"));
    }

    [Fact]
    public async Task What_cannot_be_run_is_said()
    {
        await using var docker = new DockerFixture();
        var pod = docker.NewPod();
        var sandbox = await docker.StartSandboxAsync(pod);
        var id = await docker.RunAsync(pod, sandbox, "sleep 600");
        var (exitCode, output, error) = await RunAsync(docker, id, "/no/such/program");
        Assert.Contains(exitCode, new[] { 126, 127 });
        Assert.Contains("/no/such/program", output + error);
        Assert.Contains("No such container", (await Assert.ThrowsAsync<RuntimeException>(() => RunAsync(docker, new string('0', 64), "true"))).Message);
        var ended = await docker.RunAsync(pod, sandbox, "true", name: "ended");
        await docker.UntilExitedAsync(ended);
        Assert.Contains("is not running", (await Assert.ThrowsAsync<RuntimeException>(() => RunAsync(docker, ended, "true"))).Message);
    }

    [Fact]
    public async Task One_that_goes_on_is_let_go()
    {
        await using var docker = new DockerFixture();
        var pod = docker.NewPod();
        var id = await docker.RunAsync(pod, await docker.StartSandboxAsync(pod), "sleep 600");
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => docker.Runtime.ExecAsync(id, new ExecRequest(["sleep", "600"]), _ => ValueTask.CompletedTask, cancel.Token));
    }

    [Theory]
    [InlineData("1:ab 2:c 1:", "out:ab err:c")]
    [InlineData("", "")]
    [InlineData("1:ab!", null)]
    [InlineData("3:ab", null)]
    [InlineData("!", null)]
    public async Task Frames_are_taken_apart(string frames, string? expected)
    {
        using var stream = new MemoryStream();
        foreach (var frame in frames.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (frame == "!")
            {
                stream.Write([1, 0, 0]);
                continue;
            }
            var text = frame[2..].TrimEnd('!');
            stream.Write([(byte)(frame[0] - '0'), 0, 0, 0, 0, 0, 0, (byte)(text.Length + (frame.EndsWith('!') ? 1 : 0))]);
            stream.Write(Encoding.UTF8.GetBytes(text));
        }
        stream.Position = 0;
        var read = new List<string>();
        var reading = DockerFrameReader.ReadAsync(stream, frame =>
        {
            read.Add($"{(frame.IsError ? "err" : "out")}:{Encoding.UTF8.GetString(frame.Bytes.Span)}");
            return ValueTask.CompletedTask;
        }, CancellationToken.None);
        if (expected is null)
        {
            await Assert.ThrowsAsync<InvalidDataException>(() => reading);
            return;
        }
        await reading;
        Assert.Equal(expected, string.Join(' ', read));
    }
}
