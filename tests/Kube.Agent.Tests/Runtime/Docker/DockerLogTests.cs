using System.Text;
using Kube.Agent.Runtime;
using static Kube.Agent.Tests.Runtime.Docker.DockerFixture;

namespace Kube.Agent.Tests.Runtime.Docker;

/// <summary>Logs of a real engine.</summary>
public class DockerLogTests
{
    static async Task<List<LogFrame>> ReadAsync(DockerFixture docker, string id, LogRequest request)
    {
        var frames = new List<LogFrame>();
        await docker.Runtime.ReadLogAsync(id, request, frame =>
        {
            frames.Add(frame with { Bytes = frame.Bytes.ToArray() });
            return ValueTask.CompletedTask;
        }, Soon);
        return frames;
    }

    static string Text(LogFrame frame) => Encoding.UTF8.GetString(frame.Bytes.Span);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Lines_arrive_with_stream_and_time(bool tty)
    {
        await using var docker = new DockerFixture();
        var pod = docker.NewPod();
        var sandbox = await docker.StartSandboxAsync(pod);
        var id = await docker.RunAsync(pod, sandbox, "echo one; sleep 0.3; echo two >&2; sleep 0.3; printf three", config => config with { Tty = tty });
        var exited = await docker.UntilExitedAsync(id);

        var frames = await ReadAsync(docker, id, new LogRequest(false, null, null));
        var end = tty ? "\r\n" : "\n";
        Assert.Equal(["one" + end, "two" + end, "three"], frames.Select(Text));
        Assert.Equal([false, !tty, false], frames.Select(f => f.IsError));
        Assert.All(frames, frame => Assert.InRange(frame.Time, exited.CreatedAt, exited.FinishedAt!.Value.AddSeconds(5)));

        Assert.Equal(["two" + end, "three"], (await ReadAsync(docker, id, new LogRequest(false, 2, null))).Select(Text));
        Assert.Empty(await ReadAsync(docker, id, new LogRequest(false, 0, null)));
        // Not older than the second line: the second line itself is not.
        Assert.Equal(["two" + end, "three"], (await ReadAsync(docker, id, new LogRequest(false, null, frames[1].Time))).Select(Text));
        Assert.Equal(["three"], (await ReadAsync(docker, id, new LogRequest(false, null, frames[1].Time.AddTicks(10)))).Select(Text));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_long_line_loses_nothing(bool tty)
    {
        await using var docker = new DockerFixture();
        var pod = docker.NewPod();
        var sandbox = await docker.StartSandboxAsync(pod);
        var id = await docker.RunAsync(pod, sandbox, "dd if=/dev/zero bs=1000 count=50 2>/dev/null | tr '\\0' x; echo; echo after", config => config with { Tty = tty });
        await docker.UntilExitedAsync(id);
        var frames = await ReadAsync(docker, id, new LogRequest(false, null, null));
        Assert.Equal(new string('x', 50_000) + "|after|", string.Concat(frames.Select(Text)).Replace("\r", "").Replace('\n', '|'));
        Assert.True(frames.Count > 2);
    }

    [Fact]
    public async Task Following_ends_with_the_container()
    {
        await using var docker = new DockerFixture();
        var pod = docker.NewPod();
        var sandbox = await docker.StartSandboxAsync(pod);
        var id = await docker.RunAsync(pod, sandbox, "echo before; while [ ! -e /go ]; do sleep 0.05; done; echo after", config => config with { Mounts = [] });
        var seen = new List<string>();
        var first = new TaskCompletionSource();
        var following = docker.Runtime.ReadLogAsync(id, new LogRequest(true, null, null), frame =>
        {
            seen.Add(Text(frame));
            first.TrySetResult();
            return ValueTask.CompletedTask;
        }, Soon);
        await first.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.False(following.IsCompleted);
        await docker.Runtime.StopAsync(id, TimeSpan.Zero, Soon);
        await following.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(["before\n"], seen);
    }

    [Fact]
    public async Task Following_can_be_cancelled()
    {
        await using var docker = new DockerFixture();
        var pod = docker.NewPod();
        var sandbox = await docker.StartSandboxAsync(pod);
        var id = await docker.RunAsync(pod, sandbox, "echo one; sleep 1000");
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => docker.Runtime.ReadLogAsync(id, new LogRequest(true, null, null), _ =>
        {
            cancel.Cancel();
            return ValueTask.CompletedTask;
        }, cancel.Token));
    }

    [Fact]
    public async Task Without_a_container_there_is_no_log()
    {
        await using var docker = new DockerFixture();
        var refusal = await Assert.ThrowsAsync<RuntimeException>(() => ReadAsync(docker, "nosuchcontainer", new LogRequest(false, null, null)));
        Assert.Contains("nosuchcontainer", refusal.Message);
    }
}
