using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Kinds.Scheduling;

/// <summary>PriorityClass. It is kept for schedulers that someone runs; the scheduler here knows no preemption.</summary>
static class PriorityClassKind
{
    const long HighestOfUsers = 1_000_000_000;
    const string SystemPrefix = "system-";

    public static KindDefinition Definition { get; } = new("scheduling.k8s.io", "v1", "PriorityClass", "priorityclasses")
    {
        Namespaced = false,
        ShortNames = ["pc"],
        HasGeneration = true,
        IsNewGeneration = static (_, _) => false,
        Columns =
        [
            TableColumn.ObjectName,
            TableColumn.Number("Value", "value"),
            TableColumn.Of("Global-Default", static row => TableCells.Find(row.Item, "globalDefault") is { ValueKind: JsonValueKind.True }, "boolean"),
            TableColumn.Age,
            TableColumn.Text("PreemptionPolicy", "preemptionPolicy"),
        ],
        Default = static item => item.SetDefault("preemptionPolicy", "PreemptLowerPriority"),
        Validate = Validate,
        ValidateUpdate = static (item, old, faults) =>
        {
            if (item.Number("value") != old.Number("value"))
                faults.Forbidden(FieldPath.Root("value"), "may not be changed in an update.");
            faults.Immutable(item["preemptionPolicy"], old["preemptionPolicy"], FieldPath.Root("preemptionPolicy"));
        },
    };

    static void Validate(JsonObject item, FieldFaults faults)
    {
        var (name, value) = (item.Text("metadata", "name"), item.Number("value"));
        if (name.StartsWith(SystemPrefix, StringComparison.Ordinal))
        {
            var known = (name, value) is ("system-cluster-critical", 2_000_000_000) or ("system-node-critical", 2_000_001_000);
            if (!known || item["globalDefault"] is JsonValue flag && flag.GetValueKind() == JsonValueKind.True)
                faults.Forbidden(FieldPath.Root("metadata").Child("name"), $"priority class names with '{SystemPrefix}' prefix are reserved for system use only");
        }
        else if (value > HighestOfUsers)
        {
            faults.Forbidden(FieldPath.Root("value"), $"maximum allowed value of a user defined priority is {HighestOfUsers}");
        }
    }
}
