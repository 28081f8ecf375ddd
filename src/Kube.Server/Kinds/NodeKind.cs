using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Kinds;

/// <summary>Node.</summary>
static class NodeKind
{
    const string RolePrefix = "node-role.kubernetes.io/";

    public static KindDefinition Definition { get; } = new("", "v1", "Node", "nodes")
    {
        Namespaced = false,
        CreatesWithStatus = true,
        ShortNames = ["no"],
        Subresources = [new("proxy", "NodeProxyOptions", "get"), Subresource.Status("Node")],
        SelectableFields = [new("spec.unschedulable", "false")],
        Columns =
        [
            TableColumn.ObjectName,
            TableColumn.Of("Status", static row => State(row.Item)),
            TableColumn.Of("Roles", static row => Roles(row.Item)),
            TableColumn.Age,
            TableColumn.Text("Version", "status", "nodeInfo", "kubeletVersion"),
            TableColumn.Of("Internal-IP", static row => Address(row.Item, "InternalIP")).Wide,
            TableColumn.Of("External-IP", static row => Address(row.Item, "ExternalIP")).Wide,
            TableColumn.Of("OS-Image", static row => Info(row.Item, "osImage")).Wide,
            TableColumn.Of("Kernel-Version", static row => Info(row.Item, "kernelVersion")).Wide,
            TableColumn.Of("Container-Runtime", static row => Info(row.Item, "containerRuntimeVersion")).Wide,
        ],
        Validate = Validate,
        ValidateUpdate = static (node, old, faults) =>
        {
            if (old.Text("spec", "providerID") is { Length: > 0 } id && node.Text("spec", "providerID") != id)
                faults.Forbidden(FieldPath.Root("spec").Child("providerID"), "node updates may not change providerID except from \"\" to valid");
        },
    };

    static void Validate(JsonObject node, FieldFaults faults)
    {
        var seen = new HashSet<(string, string)>();
        foreach (var (taint, at) in FieldPath.Root("spec").Child("taints").Each(node.Find("spec", "taints")))
        {
            var (key, effect) = (taint.Text("key"), taint.Text("effect"));
            faults.Invalid(at.Child("key"), key, Names.LabelKeyFaults(key));
            faults.Invalid(at.Child("value"), taint.Text("value"), Names.LabelValueFaults(taint.Text("value")));
            faults.RequiredOneOf(taint, "effect", at, "NoSchedule", "PreferNoSchedule", "NoExecute");
            if (!seen.Add((key, effect)))
                faults.Duplicate(at, taint);
        }
    }

    static string State(JsonElement node)
    {
        var ready = TableCells.Items(node, "status", "conditions").FirstOrDefault(c => TableCells.Text(c, "type") == "Ready");
        var state = TableCells.Text(ready, "status") switch
        {
            "True" => "Ready",
            "" => "Unknown",
            _ => "NotReady",
        };
        return TableCells.Find(node, "spec", "unschedulable") is { ValueKind: JsonValueKind.True } ? state + ",SchedulingDisabled" : state;
    }

    static string Roles(JsonElement node)
    {
        if (TableCells.Find(node, "metadata", "labels") is not { ValueKind: JsonValueKind.Object } labels)
            return TableCells.None;
        var roles = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var label in labels.EnumerateObject())
        {
            if (label.Name.StartsWith(RolePrefix, StringComparison.Ordinal) && label.Name.Length > RolePrefix.Length)
                roles.Add(label.Name[RolePrefix.Length..]);
            else if (label.Name == "kubernetes.io/role" && label.Value.GetString() is { Length: > 0 } role)
                roles.Add(role);
        }

        return TableCells.OrNone(string.Join(",", roles));
    }

    static string Address(JsonElement node, string type) => TableCells.OrNone(TableCells.Text(
        TableCells.Items(node, "status", "addresses").FirstOrDefault(a => TableCells.Text(a, "type") == type), "address"));

    static string Info(JsonElement node, string field) =>
        TableCells.Text(node, "status", "nodeInfo", field) is { Length: > 0 } text ? text : TableCells.Unknown;
}
