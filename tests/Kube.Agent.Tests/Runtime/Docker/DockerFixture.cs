using System.Text;
using Kube.Agent.Runtime;
using Kube.Agent.Runtime.Docker;

namespace Kube.Agent.Tests.Runtime.Docker;

/// <summary>A runtime on the lab's engine with an owner of its own; whatever it has made is gone at the end.</summary>
public sealed class DockerFixture : IAsyncDisposable
{
    int _pods;

    public DockerFixture()
    {
        Host = Lab.Require("KUBE_LAB_DOCKER_HOST");
        Image = Lab.Require("KUBE_LAB_IMAGE");
        Runtime = new DockerRuntime(new DockerRuntimeOptions { Owner = Owner, Host = Host });
    }

    public string Owner { get; } = $"tests/{Guid.NewGuid():N}";

    public string Host { get; }

    public string Image { get; }

    public DockerRuntime Runtime { get; }

    public static CancellationToken Soon => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    public ContainerIdentity NewPod() => new($"pod-{++_pods}", "default", Guid.NewGuid().ToString(), ContainerLabels.SandboxName, 0);

    public async Task<string> StartSandboxAsync(ContainerIdentity pod, Func<SandboxConfig, SandboxConfig>? change = null)
    {
        var config = new SandboxConfig { Name = ContainerLabels.NameOf(pod), Labels = ContainerLabels.Write(pod), Hostname = pod.Pod };
        var id = await Runtime.CreateSandboxAsync(change?.Invoke(config) ?? config, Soon);
        await Runtime.StartAsync(id, Soon);
        return id;
    }

    public async Task<string> CreateAsync(ContainerIdentity pod, string sandbox, string script, Func<ContainerConfig, ContainerConfig>? change = null, string name = "main", int attempt = 0)
    {
        var identity = pod with { Container = name, Attempt = attempt, SandboxId = sandbox };
        var config = new ContainerConfig
        {
            Name = ContainerLabels.NameOf(identity),
            Labels = ContainerLabels.Write(identity),
            SandboxId = sandbox,
            ImageId = (await Runtime.InspectImageAsync(Image, Soon))!.Id,
            Command = ["sh", "-c", script],
        };
        return await Runtime.CreateContainerAsync(change?.Invoke(config) ?? config, Soon);
    }

    public async Task<string> RunAsync(ContainerIdentity pod, string sandbox, string script, Func<ContainerConfig, ContainerConfig>? change = null, string name = "main", int attempt = 0)
    {
        var id = await CreateAsync(pod, sandbox, script, change, name, attempt);
        await Runtime.StartAsync(id, Soon);
        return id;
    }

    public async Task<RuntimeContainer> UntilExitedAsync(string id)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var container = await Runtime.InspectAsync(id, limit.Token);
            Assert.NotNull(container);
            if (container.State == RuntimeState.Exited)
                return container;
            await Task.Delay(20, limit.Token);
        }
    }

    /// <summary>Runs a script to its end and returns what it wrote.</summary>
    public async Task<string> OutputAsync(ContainerIdentity pod, string sandbox, string script, Func<ContainerConfig, ContainerConfig>? change = null, string name = "main", int attempt = 0)
    {
        var id = await RunAsync(pod, sandbox, script, change, name, attempt);
        await UntilExitedAsync(id);
        return await LogAsync(id);
    }

    public async Task<string> LogAsync(string id, LogRequest? request = null)
    {
        var text = new MemoryStream();
        await Runtime.ReadLogAsync(id, request ?? new LogRequest(false, null, null), frame =>
        {
            text.Write(frame.Bytes.Span);
            return ValueTask.CompletedTask;
        }, Soon);
        return Encoding.UTF8.GetString(text.ToArray());
    }

    public async Task<HttpClient> OpenEngineAsync()
    {
        var endpoint = DockerEndpoint.Parse(Host, "the lab", null);
        var handler = new SocketsHttpHandler();
        DockerTransport.Configure(handler, endpoint);
        var http = new HttpClient(handler) { BaseAddress = DockerTransport.AddressOf(endpoint) };
        (await http.GetAsync("_ping")).EnsureSuccessStatusCode();
        return http;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var container in (await Runtime.ListAsync(Soon)).OrderBy(c => ContainerLabels.Read(c.Labels)!.IsSandbox))
        {
            await Runtime.StopAsync(container.Id, TimeSpan.Zero, Soon);
            await Runtime.RemoveAsync(container.Id, Soon);
        }
        await Runtime.DisposeAsync();
    }
}
