using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Kinds;

/// <summary>Namespace.</summary>
static class NamespaceKind
{
    /// <summary>Keeps a namespace until its content is gone.</summary>
    public const string Finalizer = "kubernetes";

    public static KindDefinition Definition { get; } = new("", "v1", "Namespace", "namespaces")
    {
        Namespaced = false,
        ShortNames = ["ns"],
        Verbs = ["create", "delete", "get", "list", "patch", "update", "watch"],
        Subresources = [new("finalize", "Namespace", "update"), Subresource.Status("Namespace")],
        NameFaults = Names.LabelFaults,
        SelectableFields = [new("status.phase")],
        Columns = [TableColumn.ObjectName, TableColumn.Text("Status", "status", "phase"), TableColumn.Age],
        Default = SetNameLabel,
        PrepareCreate = static (ns, _) =>
        {
            ns["spec"] = new JsonObject { ["finalizers"] = new JsonArray(Finalizer) };
            ns["status"] = new JsonObject { ["phase"] = "Active" };
        },
        // Only the finalize subresource takes finalizers away.
        PrepareUpdate = static (ns, old, _) => ns.CopyField(old, "spec"),
    };

    static void SetNameLabel(JsonObject ns)
    {
        var metadata = ns.Metadata();
        if (ns.Text("metadata", "name").Length == 0)
            return;
        if (metadata["labels"] is not JsonObject labels)
            metadata["labels"] = labels = [];
        labels["kubernetes.io/metadata.name"] = ns.Text("metadata", "name");
    }
}
