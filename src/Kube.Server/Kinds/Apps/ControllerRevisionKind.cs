using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Kinds.Apps;

/// <summary>ControllerRevision: a template as it once was, kept by stateful and daemon sets.</summary>
static class ControllerRevisionKind
{
    public static KindDefinition Definition { get; } = new("apps", "v1", "ControllerRevision", "controllerrevisions")
    {
        Columns =
        [
            TableColumn.ObjectName,
            TableColumn.Of("Controller", static row => Controller(row.Item)),
            TableColumn.Number("Revision", "revision") with { Type = "string" },
            TableColumn.Age,
        ],
        Validate = static (revision, faults) =>
        {
            faults.NotNegative(revision, "revision", FieldPath.Root(""));
            if (revision["data"] is null)
                faults.Required(FieldPath.Root("data"), "data is mandatory");
        },
        ValidateUpdate = static (revision, old, faults) => faults.Immutable(revision["data"], old["data"], FieldPath.Root("data")),
    };

    static string Controller(JsonElement revision)
    {
        var owner = TableCells.Items(revision, "metadata", "ownerReferences")
            .FirstOrDefault(o => TableCells.Find(o, "controller") is { ValueKind: JsonValueKind.True });
        if (owner.ValueKind != JsonValueKind.Object)
            return TableCells.None;
        var group = TableCells.Text(owner, "apiVersion") is var version && version.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? "." + version[..slash] : "";
        return $"{TableCells.Text(owner, "kind").ToLowerInvariant()}{group}/{TableCells.Text(owner, "name")}";
    }
}
