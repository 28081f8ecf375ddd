using Kube.Agent.Runtime;
using Microsoft.Extensions.Logging;

namespace Kube.Agent;

/// <summary>A node of a cluster: registers it, and makes its containers match the pods that are bound to it.</summary>
public sealed class NodeAgent(KubeApi api, IContainerRuntime runtime, AgentOptions options, ILoggerFactory logs)
{
    /// <summary>What the API server asks of the node: logs and descriptions of containers.</summary>
    public NodeEndpoint Endpoint { get; } = new();

    /// <summary>Works until cancelled. Containers go on when it ends; the next agent of the same node adopts them.</summary>
    public Task RunAsync(CancellationToken cancel) => throw new NotImplementedException($"{api}{runtime}{options}{logs}");
}
