namespace Kube.Server.Kinds;

/// <summary>ConfigMap.</summary>
internal static partial class ConfigMapKind
{
    public static KindDefinition Definition { get; } = new("", "v1", "ConfigMap", "configmaps")
    {
        ShortNames = ["cm"],
        Columns = [TableColumn.ObjectName, new("Data"), TableColumn.Age],
        Row = static row =>
        [
            TableCells.Name(row.Item),
            TableCells.Count(row.Item, "data") + TableCells.Count(row.Item, "binaryData"),
            TableCells.Age(row),
        ],
    };
}
