using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Kinds.Volumes;

/// <summary>StorageClass. It is kept for provisioners that someone runs; nothing here provisions volumes.</summary>
static class StorageClassKind
{
    static readonly string[] DefaultMarks =
        ["storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class"];

    public static KindDefinition Definition { get; } = new("storage.k8s.io", "v1", "StorageClass", "storageclasses")
    {
        Namespaced = false,
        ShortNames = ["sc"],
        ReturnsDeleted = true,
        Columns =
        [
            TableColumn.ObjectName with { Cell = static row => Name(row.Item) },
            TableColumn.Text("Provisioner", "provisioner"),
            TableColumn.Text("ReclaimPolicy", "reclaimPolicy"),
            TableColumn.Text("VolumeBindingMode", "volumeBindingMode"),
            TableColumn.Of("AllowVolumeExpansion", static row => TableCells.Find(row.Item, "allowVolumeExpansion") is { ValueKind: JsonValueKind.True }),
            TableColumn.Age,
        ],
        Default = static item =>
        {
            item.SetDefault("reclaimPolicy", "Delete");
            item.SetDefault("volumeBindingMode", "Immediate");
        },
        Validate = static (item, faults) =>
        {
            faults.Required(item, "provisioner", FieldPath.Root(""));
            if (item["parameters"] is JsonObject parameters && parameters.ContainsKey(""))
                faults.Invalid(FieldPath.Root("parameters"), "", "field can not be empty.");
            // Volumes know a third policy, which no class may name.
            faults.OneOf(item, "reclaimPolicy", FieldPath.Root(""), "Delete", "Retain");
        },
        ValidateUpdate = static (item, old, faults) =>
        {
            foreach (var field in (ReadOnlySpan<string>)["parameters", "provisioner", "reclaimPolicy"])
            {
                if (!JsonNode.DeepEquals(item[field], old[field]))
                    faults.Forbidden(FieldPath.Root(field), $"updates to {field} are forbidden.");
            }

            faults.Immutable(item["volumeBindingMode"], old["volumeBindingMode"], FieldPath.Root("volumeBindingMode"));
        },
    };

    static string Name(JsonElement item) =>
        DefaultMarks.Any(mark => TableCells.Text(item, "metadata", "annotations", mark) == "true") ? TableCells.Name(item) + " (default)" : TableCells.Name(item);
}
