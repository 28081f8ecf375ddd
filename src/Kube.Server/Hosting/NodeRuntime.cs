using System.Net;
using Kube.Agent;
using Kube.Agent.Runtime;
using Kube.Agent.Runtime.Docker;
using Kube.Agent.Runtime.Simulated;

namespace Kube.Server.Hosting;

/// <summary>What a node is made of.</summary>
/// <param name="Choice">What runs its containers.</param>
/// <param name="Options">Its name and its engine.</param>
/// <param name="Owner">What tells its containers from all others on the engine; stable over restarts.</param>
/// <param name="Files">The folder for its agent's files.</param>
/// <param name="IsEphemeral">Whether its cluster ends with this process.</param>
sealed record NodeSetup(RuntimeChoice Choice, RuntimeOptions Options, string Owner, string Files, bool IsEphemeral);

/// <summary>The node of this process: its runtime, as chosen or found, or none.</summary>
sealed class NodeRuntime : IAsyncDisposable
{
    static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(2);
    static readonly TimeSpan ClearingTimeout = TimeSpan.FromSeconds(10);

    readonly NodeSetup _setup;

    NodeRuntime(NodeSetup setup, IContainerRuntime? runtime, RuntimeInfo? info, string? warning)
    {
        (_setup, Runtime, Warning) = (setup, runtime, warning);
        Gateway = info?.GatewayAddress is { } address ? IPAddress.Parse(address) : null;
    }

    public IContainerRuntime? Runtime { get; }

    /// <summary><c>Docker</c>, <c>Simulated</c> or <c>None</c>.</summary>
    public string Name => Runtime?.Name ?? "None";

    public string? NodeName => Runtime is null ? null : _setup.Options.NodeName;

    /// <summary>The address of this machine at which pods find it; null: none that this process can listen on.</summary>
    public IPAddress? Gateway { get; }

    /// <summary>What the person who started this should know; null: nothing.</summary>
    public string? Warning { get; }

    /// <summary>What the agent is told, as far as it follows from the flags.</summary>
    public AgentOptions AgentOptions => new()
    {
        NodeName = _setup.Options.NodeName,
        DataPath = _setup.Files,
        DockerConfigPath = _setup.Options.DockerConfig,
    };

    /// <exception cref="StartException">The engine that is asked for does not answer.</exception>
    public static async Task<NodeRuntime> OpenAsync(NodeSetup setup, CancellationToken cancel)
    {
        string? warning = null;
        if (setup.Choice is RuntimeChoice.Docker or RuntimeChoice.Auto)
        {
            var docker = new DockerRuntime(new DockerRuntimeOptions { Owner = setup.Owner, Host = setup.Options.DockerHost, SandboxImage = setup.Options.SandboxImage });
            try
            {
                return new NodeRuntime(setup, docker, await docker.GetInfoAsync(cancel), null);
            }
            catch (RuntimeUnavailableException e)
            {
                await docker.DisposeAsync();
                if (setup.Choice == RuntimeChoice.Docker) throw new StartException(e.Message, e);
                warning = $"No Docker Engine answers, so pods are simulated: they go through their life without a container. {e.Message}";
            }
        }
        if (setup.Choice == RuntimeChoice.None) return new NodeRuntime(setup, null, null, null);
        var simulated = new SimulatedRuntime();
        return new NodeRuntime(setup, simulated, await simulated.GetInfoAsync(cancel), warning);
    }

    /// <summary>Removes the containers of a cluster or agent that ends with this process: with it goes all that knew of them.</summary>
    public async Task ClearAsync(bool isRemoved, ILogger log)
    {
        if (Runtime is null || !(_setup.IsEphemeral || isRemoved)) return;
        try
        {
            await ClearAsync();
        }
        catch (StartException e)
        {
            log.LogWarning("{Message}", e.Message);
        }
    }

    /// <summary>Removes the containers of this node, and the agent's files.</summary>
    /// <exception cref="StartException">Some may be left.</exception>
    public async Task ClearAsync()
    {
        using var limit = new CancellationTokenSource(ClearingTimeout);
        try
        {
            var containers = await Runtime!.ListAsync(limit.Token);
            await Parallel.ForEachAsync(containers, limit.Token, async (container, cancel) =>
            {
                await Runtime.StopAsync(container.Id, StopGrace, cancel);
                await Runtime.RemoveAsync(container.Id, cancel);
            });
            if (Directory.Exists(_setup.Files)) Directory.Delete(_setup.Files, recursive: true);
        }
        catch (Exception e) when (e is RuntimeUnavailableException or RuntimeException or OperationCanceledException or IOException or UnauthorizedAccessException)
        {
            throw new StartException($"containers of node {NodeName} may be left on the engine: {e.Message}", e);
        }
    }

    public ValueTask DisposeAsync() => Runtime?.DisposeAsync() ?? ValueTask.CompletedTask;
}
