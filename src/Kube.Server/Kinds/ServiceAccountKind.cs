namespace Kube.Server.Kinds;

/// <summary>ServiceAccount.</summary>
internal static class ServiceAccountKind
{
    public static KindDefinition Definition { get; } = new("", "v1", "ServiceAccount", "serviceaccounts")
    {
        ShortNames = ["sa"],
        ReturnsDeleted = true,
        Columns = [TableColumn.ObjectName, new("Secrets"), TableColumn.Age],
        Row = static row => [TableCells.Name(row.Item), TableCells.Count(row.Item, "secrets"), TableCells.Age(row)],
    };
}
