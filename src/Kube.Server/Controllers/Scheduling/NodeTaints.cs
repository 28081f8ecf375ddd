using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers.Scheduling;

/// <summary>A node's taints: its own, and those that follow from its condition, which in Kubernetes a controller writes into the node.</summary>
static class NodeTaints
{
    public static Taint Unschedulable { get; } = new() { Key = "node.kubernetes.io/unschedulable", Effect = "NoSchedule" };

    static readonly Taint NotReady = new() { Key = "node.kubernetes.io/not-ready", Effect = "NoSchedule" };
    static readonly Taint Unreachable = new() { Key = "node.kubernetes.io/unreachable", Effect = "NoSchedule" };

    public static IEnumerable<Taint> Of(NodeDocument node)
    {
        var own = node.Spec.Taints ?? [];
        var condition = node.ReadyCondition?.Status switch
        {
            "True" => null,
            "Unknown" => Unreachable,
            _ => NotReady,
        };
        return condition is null || own.Any(t => t.Key == condition.Key) ? own : own.Prepend(condition);
    }
}
