using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Validation;
using Kube.Server.Kinds.Workloads;

namespace Kube.Server.Kinds.Apps;

/// <summary>StatefulSet.</summary>
static class StatefulSetKind
{
    static readonly FieldPath Spec = FieldPath.Root("spec");
    static readonly string[] Mutable =
        ["replicas", "ordinals", "template", "updateStrategy", "revisionHistoryLimit", "persistentVolumeClaimRetentionPolicy", "minReadySeconds"];

    public static KindDefinition Definition { get; } = new("apps", "v1", "StatefulSet", "statefulsets")
    {
        ShortNames = ["sts"],
        Categories = ["all"],
        Subresources = [Subresource.Scale, Subresource.Status("StatefulSet")],
        HasGeneration = true,
        Columns =
        [
            TableColumn.ObjectName,
            WorkloadColumns.Ready,
            TableColumn.Age,
            WorkloadColumns.Containers,
            WorkloadColumns.Images,
        ],
        Default = SetDefaults,
        PrepareCreate = static (set, _) => set["status"] = new JsonObject { ["replicas"] = 0, ["availableReplicas"] = 0 },
        Validate = Validate,
        ValidateUpdate = ValidateUpdate,
    };

    static void SetDefaults(JsonObject set)
    {
        if (WorkloadDefaults.SetTemplate(set) is not { } spec)
            return;
        spec.SetDefault("replicas", 1);
        spec.SetDefault("podManagementPolicy", "OrderedReady");
        spec.SetDefault("revisionHistoryLimit", 10);
        var retention = spec.Child("persistentVolumeClaimRetentionPolicy");
        retention.SetDefault("whenDeleted", "Retain");
        retention.SetDefault("whenScaled", "Retain");
        var strategy = spec.Child("updateStrategy");
        strategy.SetDefault("type", "RollingUpdate");
        if (strategy.Text("type") == "RollingUpdate")
            strategy.Child("rollingUpdate").SetDefault("partition", 0);
    }

    static void Validate(JsonObject set, FieldFaults faults)
    {
        WorkloadRules.Validate(set, "statefulset", faults);
        var spec = set["spec"] as JsonObject ?? [];
        // Volumes are stored here and never provisioned: a pod of such a set would wait for ever.
        if (spec["volumeClaimTemplates"] is JsonArray { Count: > 0 })
            faults.Forbidden(Spec.Child("volumeClaimTemplates"), "this cluster has no provisioner of volumes; use emptyDir or hostPath volumes in the template");
        var rolling = spec.Find("updateStrategy", "rollingUpdate") as JsonObject ?? [];
        var at = Spec.Child("updateStrategy", "rollingUpdate");
        faults.NotNegative(rolling, "partition", at);
        if (rolling["maxUnavailable"] is not null && rolling.Number("maxUnavailable") != 1)
            faults.Forbidden(at.Child("maxUnavailable"), "not supported by this cluster: pods are updated one by one");
        if (spec.Text("updateStrategy", "type") == "OnDelete" && rolling.Count > 0)
            faults.Invalid(at, rolling, "only allowed for updateStrategy 'RollingUpdate'");
        if (spec["ordinals"] is JsonObject ordinals)
            faults.NotNegative(ordinals, "start", Spec.Child("ordinals"));
    }

    static void ValidateUpdate(JsonObject set, JsonObject old, FieldFaults faults)
    {
        var (spec, oldSpec) = (set["spec"] as JsonObject ?? [], old["spec"] as JsonObject ?? []);
        var changed = spec.Select(f => f.Key).Union(oldSpec.Select(f => f.Key)).Except(Mutable).Any(f => !JsonNode.DeepEquals(spec[f], oldSpec[f]));
        if (changed)
            faults.Forbidden(Spec, "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden");
    }
}
