namespace Kube.Server.Kinds;

/// <summary>ServiceAccount.</summary>
static class ServiceAccountKind
{
    public static KindDefinition Definition { get; } = new("", "v1", "ServiceAccount", "serviceaccounts")
    {
        ShortNames = ["sa"],
        ReturnsDeleted = true,
        Columns = [TableColumn.ObjectName, TableColumn.Count("Secrets", "secrets"), TableColumn.Age],
    };
}
