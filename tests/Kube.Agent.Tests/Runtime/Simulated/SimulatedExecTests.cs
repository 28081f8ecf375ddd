using System.Text;
using Kube.Agent.Runtime;
using Kube.Agent.Runtime.Simulated;
using Kube.Registry;

namespace Kube.Agent.Tests.Runtime.Simulated;

public sealed class SimulatedExecTests : IAsyncDisposable
{
    static readonly CancellationToken None = CancellationToken.None;
    readonly SimulatedRuntime _runtime = new(new ManualTime());

    public ValueTask DisposeAsync() => _runtime.DisposeAsync();

    async Task<string> CreateAsync(string annotation, string value, int attempt)
    {
        var pod = new ContainerIdentity("pod", "default", "uid", ContainerLabels.SandboxName, 0);
        var sandbox = await _runtime.CreateSandboxAsync(new SandboxConfig { Name = ContainerLabels.NameOf(pod), Labels = ContainerLabels.Write(pod), Hostname = "h" }, None);
        await _runtime.StartAsync(sandbox, None);
        await _runtime.PullAsync(ImageReference.Parse("nginx"), null, new Ignored(), None);
        var identity = pod with { Container = "web", Attempt = attempt };
        return await _runtime.CreateContainerAsync(new ContainerConfig
        {
            Name = ContainerLabels.NameOf(identity),
            Labels = ContainerLabels.Write(identity),
            SandboxId = sandbox,
            ImageId = (await _runtime.InspectImageAsync("nginx", None))!.Id,
            Annotations = new Dictionary<string, string> { [annotation] = value },
        }, None);
    }

    [Theory]
    [InlineData("other/annotation", "1", 0, 0, "")]
    [InlineData("kube.simulated/exec-exit-code", "3", 0, 3, "check ended with exit code 3\n")]
    [InlineData("kube.simulated/exec-exit-code.web", "3", 0, 3, "check ended with exit code 3\n")]
    [InlineData("kube.simulated/exec-exit-code.other", "3", 0, 0, "")]
    [InlineData("kube.simulated/exec-exit-code", "1,0", 0, 1, "check ended with exit code 1\n")]
    [InlineData("kube.simulated/exec-exit-code", "1,0", 1, 0, "")]
    public async Task A_command_ends_as_the_annotation_says(string annotation, string value, int attempt, int expected, string error)
    {
        var id = await CreateAsync(annotation, value, attempt);
        await _runtime.StartAsync(id, None);
        var written = new StringBuilder();
        var exitCode = await _runtime.ExecAsync(id, new ExecRequest(["check", "it"]), frame =>
        {
            Assert.True(frame.IsError);
            written.Append(Encoding.UTF8.GetString(frame.Bytes.Span));
            return ValueTask.CompletedTask;
        }, None);
        Assert.Equal((expected, error), (exitCode, written.ToString()));
    }

    [Fact]
    public async Task There_are_no_files_and_so_no_program_that_packs_them()
    {
        var id = await CreateAsync("kube.simulated/exec-output", "out", 0);
        await _runtime.StartAsync(id, None);
        var written = new StringBuilder();
        Assert.Equal(127, await _runtime.ExecAsync(id, new ExecRequest(["tar", "-x"]) { Input = new MemoryStream([1, 2, 3]) }, frame =>
        {
            written.Append(Encoding.UTF8.GetString(frame.Bytes.Span));
            return ValueTask.CompletedTask;
        }, None));
        Assert.Equal("tar: not found: a simulated container has no files\n", written.ToString());
    }

    [Fact]
    public async Task Nothing_runs_in_what_does_not_run()
    {
        var id = await CreateAsync("other/annotation", "1", 0);
        Task<int> ExecAsync(string of) => _runtime.ExecAsync(of, new ExecRequest(["check"]), _ => ValueTask.CompletedTask, None);
        Assert.Contains("is not running", (await Assert.ThrowsAsync<RuntimeException>(() => ExecAsync(id))).Message);
        Assert.Contains("No such container", (await Assert.ThrowsAsync<RuntimeException>(() => ExecAsync("none"))).Message);
        await _runtime.StartAsync(id, None);
        Assert.Equal(0, await ExecAsync(id));
        await _runtime.StopAsync(id, TimeSpan.Zero, None);
        await Assert.ThrowsAsync<RuntimeException>(() => ExecAsync(id));
    }
}
