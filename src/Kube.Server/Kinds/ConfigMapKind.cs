using System.Text.Json.Nodes;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Kinds;

/// <summary>ConfigMap.</summary>
static class ConfigMapKind
{
    public static KindDefinition Definition { get; } = new("", "v1", "ConfigMap", "configmaps")
    {
        ShortNames = ["cm"],
        Columns =
        [
            TableColumn.ObjectName,
            TableColumn.Of("Data", static row => TableCells.Count(row.Item, "data") + TableCells.Count(row.Item, "binaryData")),
            TableColumn.Age,
        ],
        Validate = Validate,
        ValidateUpdate = static (map, old, faults) => DataRules.ValidateImmutable(map, old, faults, "data", "binaryData"),
    };

    static void Validate(JsonObject map, FieldFaults faults)
    {
        var data = map["data"] as JsonObject ?? [];
        var binary = map["binaryData"] as JsonObject ?? [];
        DataRules.ValidateKeys(data, FieldPath.Root("data"), faults);
        DataRules.ValidateKeys(binary, FieldPath.Root("binaryData"), faults);
        foreach (var key in binary.Select(b => b.Key).Where(data.ContainsKey))
            faults.Invalid(FieldPath.Root("data").Key(key), key, "duplicate of key present in binaryData");
        DataRules.ValidateSize(DataRules.TextBytes(data) + DataRules.BinaryBytes(binary), FieldPath.Root(""), faults);
    }
}
