using System.Text.Json;

namespace Kube.Server.Kinds.Workloads;

/// <summary>Columns that the tables of all workloads share.</summary>
static class WorkloadColumns
{
    public static TableColumn Containers { get; } = TableColumn.Of("Containers", static row => Names(row.Item, "name", "spec", "template")).Wide;

    public static TableColumn Images { get; } = TableColumn.Of("Images", static row => Names(row.Item, "image", "spec", "template")).Wide;

    public static TableColumn Selector { get; } =
        TableColumn.Of("Selector", static row => TableCells.OrNone(LabelSelectorText.Of(TableCells.Find(row.Item, "spec", "selector")))).Wide;

    /// <summary>Ready replicas of the wanted ones: <c>2/3</c>.</summary>
    public static TableColumn Ready { get; } =
        TableColumn.Of("Ready", static row => $"{TableCells.Number(row.Item, "status", "readyReplicas")}/{TableCells.Number(row.Item, "spec", "replicas")}");

    /// <summary>One field of every container of a template, joined by commas.</summary>
    /// <param name="template">The way to the template.</param>
    public static string Names(JsonElement workload, string field, params ReadOnlySpan<string> template) =>
        TableCells.Find(workload, template) is { } found
            ? string.Join(",", TableCells.Items(found, "spec", "containers").Select(c => TableCells.Text(c, field)))
            : "";
}
