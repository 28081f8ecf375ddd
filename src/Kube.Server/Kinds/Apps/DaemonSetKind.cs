using System.Globalization;
using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Validation;
using Kube.Server.Kinds.Workloads;

namespace Kube.Server.Kinds.Apps;

/// <summary>DaemonSet.</summary>
static class DaemonSetKind
{
    const string TemplateGeneration = "deprecated.daemonset.template.generation";

    public static KindDefinition Definition { get; } = new("apps", "v1", "DaemonSet", "daemonsets")
    {
        ShortNames = ["ds"],
        Categories = ["all"],
        Subresources = [Subresource.Status("DaemonSet")],
        HasGeneration = true,
        Columns =
        [
            TableColumn.ObjectName,
            TableColumn.Number("Desired", "status", "desiredNumberScheduled"),
            TableColumn.Number("Current", "status", "currentNumberScheduled"),
            TableColumn.Number("Ready", "status", "numberReady"),
            TableColumn.Number("Up-to-date", "status", "updatedNumberScheduled"),
            TableColumn.Number("Available", "status", "numberAvailable"),
            TableColumn.Of("Node Selector", static row => TableCells.Labels(row.Item, "spec", "template", "spec", "nodeSelector")),
            TableColumn.Age,
            WorkloadColumns.Containers,
            WorkloadColumns.Images,
            WorkloadColumns.Selector,
        ],
        Default = SetDefaults,
        PrepareCreate = static (set, _) =>
        {
            SetTemplateGeneration(set, 1);
            set["status"] = new JsonObject
            {
                ["currentNumberScheduled"] = 0, ["numberMisscheduled"] = 0, ["desiredNumberScheduled"] = 0, ["numberReady"] = 0,
            };
        },
        PrepareUpdate = static (set, old, _) =>
        {
            var before = long.TryParse(old.Text("metadata", "annotations", TemplateGeneration), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;
            SetTemplateGeneration(set, JsonNode.DeepEquals(set.Find("spec", "template"), old.Find("spec", "template")) ? before : before + 1);
        },
        Validate = Validate,
        ValidateUpdate = WorkloadRules.KeepsSelector,
    };

    static void SetTemplateGeneration(JsonObject set, long generation) =>
        set.Metadata().Child("annotations")[TemplateGeneration] = generation.ToString(CultureInfo.InvariantCulture);

    static void SetDefaults(JsonObject set)
    {
        if (WorkloadDefaults.SetTemplate(set) is not { } spec)
            return;
        spec.SetDefault("revisionHistoryLimit", 10);
        var strategy = spec.Child("updateStrategy");
        strategy.SetDefault("type", "RollingUpdate");
        if (strategy.Text("type") != "RollingUpdate")
            return;
        var rolling = strategy.Child("rollingUpdate");
        rolling.SetDefault("maxUnavailable", 1);
        rolling.SetDefault("maxSurge", 0);
    }

    static void Validate(JsonObject set, FieldFaults faults)
    {
        WorkloadRules.Validate(set, "daemonset", faults);
        if (set.Find("spec", "updateStrategy", "rollingUpdate") is not JsonObject rolling)
            return;
        var at = FieldPath.Root("spec").Child("updateStrategy", "rollingUpdate");
        var noUnavailable = WorkloadRules.CountOrPercent(rolling, "maxUnavailable", at, faults, atMostAll: true);
        var noSurge = WorkloadRules.CountOrPercent(rolling, "maxSurge", at, faults, atMostAll: true);
        if (noUnavailable && noSurge)
            faults.Required(at.Child("maxUnavailable"), "cannot be 0 when maxSurge is 0");
        if (!noSurge && rolling["maxSurge"] is not null)
            faults.Forbidden(at.Child("maxSurge"), "not supported by this cluster: an old pod goes before a new one comes");
    }
}
