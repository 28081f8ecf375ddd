using System.Text.Json.Nodes;

namespace Kube.Server.Kinds;

/// <summary>ReplicationController.</summary>
internal static partial class ReplicationControllerKind
{
    public static KindDefinition Definition { get; } = new("", "v1", "ReplicationController", "replicationcontrollers")
    {
        ShortNames = ["rc"],
        Categories = ["all"],
        Subresources =
        [
            new("scale", "Scale", "get", "patch", "update") { Group = "autoscaling", Version = "v1" },
            new("status", "ReplicationController", "get", "patch", "update"),
        ],
        HasGeneration = true,
        ReturnsDeleted = true,
        SelectableFields = [new("status.replicas", "0")],
        Columns =
        [
            TableColumn.ObjectName, new("Desired", "integer"), new("Current", "integer"), new("Ready", "integer"), TableColumn.Age,
            new("Containers", Priority: 1), new("Images", Priority: 1), new("Selector", Priority: 1),
        ],
        Row = static row =>
        [
            TableCells.Name(row.Item),
            TableCells.Number(row.Item, "spec", "replicas"),
            TableCells.Number(row.Item, "status", "replicas"),
            TableCells.Number(row.Item, "status", "readyReplicas"),
            TableCells.Age(row),
            TableCells.Containers(row.Item, "name"),
            TableCells.Containers(row.Item, "image"),
            TableCells.Selector(row.Item, "spec", "selector"),
        ],
        PrepareCreate = static (rc, _) => rc["status"] = new JsonObject { ["replicas"] = 0 },
    };
}
