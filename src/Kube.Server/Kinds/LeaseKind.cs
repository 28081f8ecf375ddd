namespace Kube.Server.Kinds;

/// <summary>Lease, by which nodes say that they live.</summary>
internal static partial class LeaseKind
{
    public static KindDefinition Definition { get; } = new("coordination.k8s.io", "v1", "Lease", "leases")
    {
        CreatesOnReplace = true,
        ReplacesUnconditionally = false,
        Columns = [TableColumn.ObjectName, new("Holder"), TableColumn.Age],
        Row = static row => [TableCells.Name(row.Item), TableCells.Text(row.Item, "spec", "holderIdentity"), TableCells.Age(row)],
    };
}
