using System.Text.Json.Nodes;
using Kube.Server.Kinds.Workloads;

namespace Kube.Server.Kinds.Apps;

/// <summary>ReplicaSet.</summary>
static class ReplicaSetKind
{
    public static KindDefinition Definition { get; } = new("apps", "v1", "ReplicaSet", "replicasets")
    {
        ShortNames = ["rs"],
        Categories = ["all"],
        Subresources = [Subresource.Scale, Subresource.Status("ReplicaSet")],
        HasGeneration = true,
        SelectableFields = [new("status.replicas", "0")],
        Columns =
        [
            TableColumn.ObjectName,
            TableColumn.Number("Desired", "spec", "replicas"),
            TableColumn.Number("Current", "status", "replicas"),
            TableColumn.Number("Ready", "status", "readyReplicas"),
            TableColumn.Age,
            WorkloadColumns.Containers,
            WorkloadColumns.Images,
            WorkloadColumns.Selector,
        ],
        Default = static set => WorkloadDefaults.SetTemplate(set)?.SetDefault("replicas", 1),
        PrepareCreate = static (set, _) => set["status"] = new JsonObject { ["replicas"] = 0 },
        Validate = static (set, faults) => WorkloadRules.Validate(set, "ReplicaSet", faults),
        ValidateUpdate = WorkloadRules.KeepsSelector,
    };
}
