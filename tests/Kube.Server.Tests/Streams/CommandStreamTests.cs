using System.Text;
using Kube.Server.Tests.Hosting;
using Kube.Streams;

namespace Kube.Server.Tests.Streams;

/// <summary>Commands and ports over WebSockets, in simulated pods.</summary>
public sealed class CommandStreamTests(CommandStreamTests.Fixture fixture) : IClassFixture<CommandStreamTests.Fixture>
{
    public sealed class Fixture() : ServerFixture("--agent", "simulated");

    static CancellationToken Soon => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    async Task<string> PodAsync(string annotations = "")
    {
        var name = "pod-" + Guid.NewGuid().ToString("N")[..8];
        await fixture.Api.CreateAsync(KubeResources.Pods, "default", Encoding.UTF8.GetBytes($$$"""
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{{name}}}","annotations":{ {{{annotations}}} }},"spec":{"containers":[{"name":"c","image":"busybox:1"},{"name":"d","image":"busybox:1"}]}}
            """), new WriteOptions(), default);
        await ServerProcess.UntilAsync(async () => ((KubePod)await fixture.Api.GetAsync(KubeResources.Pods, "default", name, default)).State == "Running", "the pod runs");
        return name;
    }

    static async Task<(int ExitCode, string Output, string Error)> EndAsync(KubeCommand command)
    {
        var (output, error) = (new StringBuilder(), new StringBuilder());
        while (await command.ReadAsync(Soon) is { } piece) (piece.IsError ? error : output).Append(Encoding.UTF8.GetString(piece.Bytes.Span));
        return (command.ExitCode!.Value, output.ToString(), error.ToString());
    }

    [Fact]
    public async Task Output_and_exit_code()
    {
        var pod = await PodAsync("""  "kube.simulated/exec-output":"a, b", "kube.simulated/exec-exit-code":"3"  """);
        await using var command = await fixture.Api.ExecAsync("default", pod, new ExecOptions(["check", "it"]) { Container = "c" }, Soon);
        Assert.Equal((3, "a, b\n", "check ended with exit code 3\n"), await EndAsync(command));
    }

    [Fact]
    public async Task The_end_of_standard_input_is_told()
    {
        var pod = await PodAsync();
        await using var command = await fixture.Api.ExecAsync("default", pod, new ExecOptions(["cat"]) { Container = "c", Stdin = true }, Soon);
        Assert.True(command.CanEndInput);
        for (var i = 0; i < 100; i++) await command.WriteAsync(new byte[30_000], Soon);
        await command.EndInputAsync(Soon);
        Assert.Equal((0, "", ""), await EndAsync(command));
    }

    [Theory]
    [InlineData("z", "cat", 400, "container z is not valid for pod POD")]
    [InlineData("", "cat", 400, "a container name must be specified for pod POD, choose one of: [c d]")]
    [InlineData("c", "", 400, "the command's first word is its program, and it is empty")]
    public async Task What_is_refused_before_the_upgrade(string container, string word, int code, string message)
    {
        var pod = await PodAsync();
        var refused = await Assert.ThrowsAsync<KubeOperationException>(() => fixture.Api.ExecAsync("default", pod, new ExecOptions([word]) { Container = container.Length > 0 ? container : null }, Soon));
        Assert.Equal((code, message.Replace("POD", pod)), (refused.Status.Code, refused.Status.Message));
    }

    [Fact]
    public async Task A_pod_that_is_not_there_and_a_request_that_is_no_stream()
    {
        var missing = await Assert.ThrowsAsync<KubeOperationException>(() => fixture.Api.ExecAsync("default", "nowhere", new ExecOptions(["true"]), Soon));
        Assert.Equal((404, "NotFound"), (missing.Status.Code, missing.Status.Reason));
        var pod = await PodAsync();
        var plain = await Assert.ThrowsAsync<KubeOperationException>(() => fixture.Api.SendAsync(HttpMethod.Get, $"/api/v1/namespaces/default/pods/{pod}/exec?container=c&command=true&stdout=true", null, null, Soon));
        Assert.Contains("Upgrade request required", plain.Status.Message);
    }

    [Fact]
    public async Task A_simulated_pod_has_no_ports()
    {
        var pod = await PodAsync();
        await using var port = await fixture.Api.OpenPortAsync("default", pod, 80, Soon);
        var refused = await Assert.ThrowsAsync<KubeStreamException>(() => port.ReadAsync(new byte[10], Soon).AsTask());
        Assert.Contains("a simulated pod has no network", refused.Message);
    }

    [Fact]
    public async Task A_server_that_goes_leaves_no_exit_code()
    {
        var folder = Directory.CreateTempSubdirectory("kube-stream-").FullName;
        try
        {
            await using var server = await ServerProcess.StartAsync(Path.Combine(folder, "kubeconfig"), ["--in-memory", "--agent", "simulated"]);
            var api = server.Api();
            await api.CreateAsync(KubeResources.Pods, "default", """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web"},"spec":{"containers":[{"name":"c","image":"busybox:1"}]}}"""u8.ToArray(), new WriteOptions(), default);
            await ServerProcess.UntilAsync(async () => ((KubePod)await api.GetAsync(KubeResources.Pods, "default", "web", default)).State == "Running", "the pod runs");
            await using var command = await api.ExecAsync("default", "web", new ExecOptions(["cat"]) { Stdin = true }, Soon);
            server.Process.Kill();
            await Assert.ThrowsAsync<KubeStreamException>(() => command.ReadAsync(Soon).AsTask());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
