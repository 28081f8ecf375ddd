using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Pods;

namespace Kube.Server.Kinds.Volumes;

/// <summary>Persistent volumes and claims. They are kept as they are: nothing here binds or provisions them.</summary>
static class PersistentVolumeKinds
{
    public static KindDefinition Volume { get; } = new("", "v1", "PersistentVolume", "persistentvolumes")
    {
        Namespaced = false,
        ShortNames = ["pv"],
        ReturnsDeleted = true,
        Subresources = [Subresource.Status("PersistentVolume")],
        Columns =
        [
            TableColumn.ObjectName,
            TableColumn.Text("Capacity", "spec", "capacity", "storage"),
            TableColumn.Of("Access Modes", static row => Modes(row.Item, "spec")),
            TableColumn.Text("Reclaim Policy", "spec", "persistentVolumeReclaimPolicy"),
            TableColumn.Of("Status", static row => Phase(row.Item)),
            TableColumn.Of("Claim", static row => Claim(row.Item)),
            TableColumn.Text("StorageClass", "spec", "storageClassName"),
            TableColumn.Of("VolumeAttributesClass", static row => Unset(row.Item)),
            TableColumn.Text("Reason", "status", "reason"),
            TableColumn.Age,
            TableColumn.Text("VolumeMode", "spec", "volumeMode").Wide,
        ],
        Default = static volume =>
        {
            SetDefaults(volume, ("persistentVolumeReclaimPolicy", "Retain"), ("volumeMode", "Filesystem"));
            if (volume["spec"] is JsonObject spec)
                VolumeDefaults.SetSource(spec);
        },
        PrepareCreate = static (volume, _) => volume["status"] = new JsonObject { ["phase"] = "Pending" },
        Validate = PersistentVolumeRules.Validate,
        ValidateUpdate = PersistentVolumeRules.ValidateUpdate,
    };

    public static KindDefinition VolumeClaim { get; } = new("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims")
    {
        ShortNames = ["pvc"],
        ReturnsDeleted = true,
        Subresources = [Subresource.Status("PersistentVolumeClaim")],
        Columns =
        [
            TableColumn.ObjectName,
            TableColumn.Of("Status", static row => Phase(row.Item)),
            TableColumn.Text("Volume", "spec", "volumeName"),
            TableColumn.Of("Capacity", static row => TableCells.Text(row.Item, "spec", "volumeName").Length > 0 ? TableCells.Text(row.Item, "status", "capacity", "storage") : ""),
            TableColumn.Of("Access Modes", static row => TableCells.Text(row.Item, "spec", "volumeName").Length > 0 ? Modes(row.Item, "status") : ""),
            TableColumn.Text("StorageClass", "spec", "storageClassName"),
            TableColumn.Of("VolumeAttributesClass", static row => Unset(row.Item)),
            TableColumn.Age,
            TableColumn.Text("VolumeMode", "spec", "volumeMode").Wide,
        ],
        Default = static claim => SetDefaults(claim, ("volumeMode", "Filesystem")),
        PrepareCreate = static (claim, _) => claim["status"] = new JsonObject { ["phase"] = "Pending" },
        Validate = VolumeClaimRules.Validate,
        ValidateUpdate = VolumeClaimRules.ValidateUpdate,
    };

    static void SetDefaults(JsonObject item, params ReadOnlySpan<(string Field, string Value)> defaults)
    {
        if (item["spec"] is not JsonObject spec)
            return;
        foreach (var (field, value) in defaults)
            spec.SetDefault(field, value);
    }

    static string Phase(JsonElement item) =>
        TableCells.Text(item, "metadata", "deletionTimestamp").Length > 0 ? "Terminating" : TableCells.Text(item, "status", "phase");

    static string Claim(JsonElement volume) => TableCells.Text(volume, "spec", "claimRef", "name") is { Length: > 0 } name
        ? $"{TableCells.Text(volume, "spec", "claimRef", "namespace")}/{name}"
        : "";

    static string Unset(JsonElement item) =>
        TableCells.Text(item, "spec", "volumeAttributesClassName") is { Length: > 0 } name ? name : "<unset>";

    static string Modes(JsonElement item, string part) => string.Join(",", TableCells.Texts(item, part, "accessModes").Select(mode => mode switch
    {
        "ReadWriteOnce" => "RWO",
        "ReadOnlyMany" => "ROX",
        "ReadWriteMany" => "RWX",
        "ReadWriteOncePod" => "RWOP",
        _ => mode,
    }));
}
