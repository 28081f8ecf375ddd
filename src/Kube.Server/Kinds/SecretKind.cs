namespace Kube.Server.Kinds;

/// <summary>Secret.</summary>
internal static partial class SecretKind
{
    public static KindDefinition Definition { get; } = new("", "v1", "Secret", "secrets")
    {
        SelectableFields = [new("type")],
        Columns = [TableColumn.ObjectName, new("Type"), new("Data"), TableColumn.Age],
        Row = static row =>
        [
            TableCells.Name(row.Item),
            TableCells.Text(row.Item, "type"),
            TableCells.Count(row.Item, "data"),
            TableCells.Age(row),
        ],
    };
}
