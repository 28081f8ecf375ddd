using Kube.Agent.Runtime;

namespace Kube.Agent;

/// <summary>A running container of this node. Every refusal is a <see cref="NodeEndpointException"/>.</summary>
public sealed class NodeContainer
{
    readonly IContainerRuntime _runtime;
    readonly string _id;

    internal NodeContainer(IContainerRuntime runtime, string id) => (_runtime, _id) = (runtime, id);

    /// <inheritdoc cref="IContainerRuntime.ExecAsync"/>
    public Task<int> ExecAsync(ExecRequest request, Func<ExecFrame, ValueTask> write, CancellationToken cancel) =>
        NodeEndpoint.AskAsync(() => _runtime.ExecAsync(_id, request, write, cancel));

    /// <inheritdoc cref="IContainerRuntime.AttachAsync"/>
    public Task AttachAsync(AttachRequest request, Func<ExecFrame, ValueTask> write, CancellationToken cancel) => NodeEndpoint.AskAsync(async () =>
    {
        await _runtime.AttachAsync(_id, request, write, cancel);
        return true;
    });
}
