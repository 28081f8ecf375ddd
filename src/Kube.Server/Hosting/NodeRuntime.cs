using System.Net;
using Kube.Agent;
using Kube.Agent.Runtime;
using Kube.Server.Nodes;

namespace Kube.Server.Hosting;

/// <summary>The node of this process: its runtime, as chosen or found, and its agent; or neither.</summary>
sealed class NodeRuntime : IAsyncDisposable
{
    readonly RunOptions _options;
    readonly IContainerRuntime? _runtime;

    NodeRuntime(RunOptions options, IContainerRuntime? runtime, IPAddress? gateway, string? warning) =>
        (_options, _runtime, Gateway, Warning) = (options, runtime, gateway, warning);

    public string Name => _runtime?.Name ?? "None";

    public string? NodeName => _runtime is null ? null : _options.RuntimeOptions.NodeName;

    /// <summary>The address of this machine at which pods find it; null: none that this process can listen on.</summary>
    public IPAddress? Gateway { get; }

    public string? Warning { get; }

    /// <exception cref="StartException">There is no such runtime at hand.</exception>
    public static Task<NodeRuntime> OpenAsync(RunOptions options, DataFolder? folder, ILoggerFactory loggers, CancellationToken cancel) =>
        options.Runtime switch
        {
            RuntimeChoice.None => Task.FromResult(new NodeRuntime(options, null, null, null)),
            _ => throw new StartException($"--agent {options.Runtime} is not there yet"),
        };

    public Task RunAsync(KubeApi api, NodeConnector nodes, int port, ILoggerFactory loggers, CancellationToken cancel) =>
        _runtime is null ? Task.Delay(Timeout.Infinite, cancel) : throw new StartException("");

    public ValueTask DisposeAsync() => _runtime?.DisposeAsync() ?? ValueTask.CompletedTask;
}
