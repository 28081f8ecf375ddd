using System.Net;
using System.Security.Cryptography;
using System.Text;
using Kube.Agent;
using Kube.Agent.Runtime;
using Kube.Agent.Runtime.Docker;
using Kube.Agent.Runtime.Simulated;
using Kube.Server.Nodes;
using Kube.Server.Security;

namespace Kube.Server.Hosting;

/// <summary>The node of this process: its runtime, as chosen or found, and its agent; or neither.</summary>
sealed class NodeRuntime : IAsyncDisposable
{
    static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(2);
    static readonly TimeSpan ClearingTimeout = TimeSpan.FromSeconds(10);

    readonly RunOptions _options;
    readonly IContainerRuntime? _runtime;
    readonly string _files;

    NodeRuntime(RunOptions options, IContainerRuntime? runtime, RuntimeInfo? info, string files, string? warning)
    {
        (_options, _runtime, _files, Warning) = (options, runtime, files, warning);
        Gateway = info?.GatewayAddress is { } address ? IPAddress.Parse(address) : null;
    }

    /// <summary><c>Docker</c>, <c>Simulated</c> or <c>None</c>.</summary>
    public string Name => _runtime?.Name ?? "None";

    public string? NodeName => _runtime is null ? null : _options.RuntimeOptions.NodeName;

    /// <summary>The address of this machine at which pods find it; null: none that this process can listen on.</summary>
    public IPAddress? Gateway { get; }

    public string? Warning { get; }

    /// <exception cref="StartException">The engine that is asked for does not answer.</exception>
    public static async Task<NodeRuntime> OpenAsync(RunOptions options, DataFolder? folder, CancellationToken cancel)
    {
        var files = folder?.Agent ?? Path.Combine(Path.GetTempPath(), "kube-" + Owner(options, folder)[..12]);
        string? warning = null;
        if (options.Runtime is RuntimeChoice.Docker or RuntimeChoice.Auto)
        {
            var docker = new DockerRuntime(new DockerRuntimeOptions
            {
                Owner = Owner(options, folder),
                Host = options.RuntimeOptions.DockerHost,
                SandboxImage = options.RuntimeOptions.SandboxImage,
            });
            try
            {
                return new NodeRuntime(options, docker, await docker.GetInfoAsync(cancel), files, null);
            }
            catch (RuntimeUnavailableException e)
            {
                await docker.DisposeAsync();
                if (options.Runtime == RuntimeChoice.Docker) throw new StartException(e.Message, e);
                warning = $"No Docker Engine answers, so pods are simulated: they go through their life without a container. {e.Message}";
            }
        }
        if (options.Runtime == RuntimeChoice.None) return new NodeRuntime(options, null, null, files, null);
        var simulated = new SimulatedRuntime();
        return new NodeRuntime(options, simulated, await simulated.GetInfoAsync(cancel), files, warning);
    }

    /// <summary>Runs the node's agent until cancelled.</summary>
    public async Task RunAsync(KubeApi api, NodeConnector nodes, int port, ILoggerFactory loggers, CancellationToken cancel)
    {
        if (_runtime is null)
        {
            await Task.Delay(Timeout.Infinite, cancel);
            return;
        }
        var agent = new NodeAgent(api, _runtime, new AgentOptions
        {
            NodeName = _options.RuntimeOptions.NodeName,
            DataPath = _files,
            ApiServerAddress = Gateway?.ToString(),
            ApiServerPort = port,
            DockerConfigPath = _options.RuntimeOptions.DockerConfig,
        }, loggers);
        nodes.SetLocal(_options.RuntimeOptions.NodeName, agent.Endpoint);
        await agent.RunAsync(cancel);
    }

    /// <summary>Removes the containers of a cluster that lived in memory alone: with it goes all that knew of them.</summary>
    public async Task ClearAsync(ILogger log)
    {
        if (_runtime is null || _options.DataPath is not null) return;
        using var limit = new CancellationTokenSource(ClearingTimeout);
        try
        {
            var containers = await _runtime.ListAsync(limit.Token);
            await Parallel.ForEachAsync(containers, limit.Token, async (container, cancel) =>
            {
                await _runtime.StopAsync(container.Id, StopGrace, cancel);
                await _runtime.RemoveAsync(container.Id, cancel);
            });
            if (Directory.Exists(_files)) Directory.Delete(_files, recursive: true);
        }
        catch (Exception e) when (e is RuntimeUnavailableException or RuntimeException or OperationCanceledException or IOException or UnauthorizedAccessException)
        {
            log.LogWarning("containers of this cluster, which ends with this process, may be left: {Message}", e.Message);
        }
    }

    public ValueTask DisposeAsync() => _runtime?.DisposeAsync() ?? ValueTask.CompletedTask;

    // Stable over restarts; a cluster in memory is known by its kubeconfig, so that the next one there clears up after one that was killed.
    static string Owner(RunOptions options, DataFolder? folder) =>
        (folder is null
            ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(options.Kubeconfig)))[..32]
            : SecretFile.LoadOrCreate(folder.ClusterId, () => Guid.NewGuid().ToString("N")))
        + "/" + options.RuntimeOptions.NodeName;
}
