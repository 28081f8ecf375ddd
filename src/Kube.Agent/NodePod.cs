using Kube.Agent.Runtime;

namespace Kube.Agent;

/// <summary>A running pod of this node. Every refusal is a <see cref="NodeEndpointException"/>.</summary>
public sealed class NodePod
{
    readonly IContainerRuntime _runtime;
    readonly string _sandboxId;

    internal NodePod(IContainerRuntime runtime, string sandboxId) => (_runtime, _sandboxId) = (runtime, sandboxId);

    /// <inheritdoc cref="IContainerRuntime.ConnectAsync"/>
    public Task ConnectAsync(int port, Stream input, Func<ReadOnlyMemory<byte>, ValueTask> write, CancellationToken cancel) => NodeEndpoint.AskAsync(async () =>
    {
        await _runtime.ConnectAsync(_sandboxId, port, input, write, cancel);
        return true;
    });
}
