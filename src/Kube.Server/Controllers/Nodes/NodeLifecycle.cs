using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers.Nodes;

/// <summary>Says of a node that is not heard of any more that nothing is known of it. Its pods stay as they were last reported.</summary>
sealed class NodeLifecycle(KubeApi api, Cache<NodeDocument> nodes, Cache<LeaseDocument> leases, ControllerEvents events, TimeProvider time, ILogger log)
{
    public const string LeaseNamespace = "kube-node-lease";

    static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    readonly Dictionary<string, Heartbeat> _heartbeats = [];

    public async Task RunAsync(CancellationToken cancel)
    {
        await Task.WhenAll(nodes.Synced, leases.Synced).WaitAsync(cancel);
        using var timer = new PeriodicTimer(Interval, time);
        do
            foreach (var node in nodes.Items)
                try
                {
                    await CheckAsync(node, cancel);
                }
                catch (KubeException e)
                {
                    log.LogWarning("node {Node}: {Message}", node.Metadata.Name, e.Message);
                }
        while (await timer.WaitForNextTickAsync(cancel));
    }

    internal async Task CheckAsync(NodeDocument node, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var name = node.Metadata.Name;
        var heartbeat = Heartbeat.Observe(_heartbeats.GetValueOrDefault(name), node, leases.Find($"{LeaseNamespace}/{name}"), now);
        _heartbeats[name] = heartbeat;
        if (LostNode.Conditions(node, heartbeat, now) is not { } conditions) return;
        try
        {
            await api.PatchAsync(KubeResources.Nodes, null, name, PatchType.Merge, StatusWriter.Conditions(node.Metadata, conditions), ControllerOptions.WriteStatus, cancel);
            events.Normal("node-controller", "v1", "Node", node.Metadata, "NodeNotReady", $"Node {name} status is now: NodeNotReady");
        }
        catch (KubeOperationException e) when (e.Status.Reason is "NotFound" or "Conflict")
        {
            // It is gone, or has just reported.
        }
    }
}
