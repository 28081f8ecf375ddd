using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers.Nodes;

/// <summary>The newest sign of life of a node, and when it was noticed here: the node's clock may differ.</summary>
sealed record Heartbeat(string Uid, DateTimeOffset? Sign, DateTimeOffset NoticedAt)
{
    public static Heartbeat Observe(Heartbeat? before, NodeDocument node, LeaseDocument? lease, DateTimeOffset now)
    {
        DateTimeOffset?[] signs = [lease?.Spec.RenewTime, node.ReadyCondition?.Status == "Unknown" ? null : node.ReadyCondition?.LastHeartbeatTime];
        var sign = signs.Max();
        return before is not null && before.Uid == node.Metadata.Uid && (sign is null || sign == before.Sign) ? before : new Heartbeat(node.Metadata.Uid, sign, now);
    }
}

/// <summary>Decides whether a node is lost. Pure.</summary>
static class LostNode
{
    // kube-controller-manager's --node-monitor-grace-period before 1.32.
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(40);

    static readonly string[] Types = ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"];

    /// <returns>The conditions to give a node that has just been lost; null: it is not, or that is known already.</returns>
    public static IReadOnlyList<Condition>? Conditions(NodeDocument node, Heartbeat heartbeat, DateTimeOffset now)
    {
        if (now - heartbeat.NoticedAt <= Grace || node.ReadyCondition?.Status == "Unknown") return null;
        var present = node.Status.Conditions ?? [];
        var unknown = Types.Select(type => present.FirstOrDefault(c => c.Type == type) is { } before
            ? before with { Status = "Unknown", Reason = "NodeStatusUnknown", Message = "Kubelet stopped posting node status.", LastTransitionTime = before.Status == "Unknown" ? before.LastTransitionTime : now }
            : new Condition { Type = type, Status = "Unknown", Reason = "NodeStatusNeverUpdated", Message = "Kubelet never posted node status.", LastTransitionTime = now });
        return [.. unknown, .. present.Where(c => !Types.Contains(c.Type))];
    }
}
