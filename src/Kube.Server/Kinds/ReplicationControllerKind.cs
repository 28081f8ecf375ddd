using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Pods;
using Kube.Server.Kinds.Validation;
using Kube.Server.Kinds.Workloads;

namespace Kube.Server.Kinds;

/// <summary>ReplicationController.</summary>
static class ReplicationControllerKind
{
    public static KindDefinition Definition { get; } = new("", "v1", "ReplicationController", "replicationcontrollers")
    {
        ShortNames = ["rc"],
        Categories = ["all"],
        Subresources = [Subresource.Scale, Subresource.Status("ReplicationController")],
        HasGeneration = true,
        OrphansDependents = true,
        ReturnsDeleted = true,
        SelectableFields = [new("status.replicas", "0")],
        Columns =
        [
            TableColumn.ObjectName,
            TableColumn.Number("Desired", "spec", "replicas"),
            TableColumn.Number("Current", "status", "replicas"),
            TableColumn.Number("Ready", "status", "readyReplicas"),
            TableColumn.Age,
            WorkloadColumns.Containers,
            WorkloadColumns.Images,
            TableColumn.Of("Selector", static row => TableCells.Labels(row.Item, "spec", "selector")).Wide,
        ],
        Default = SetDefaults,
        PrepareCreate = static (rc, _) => rc["status"] = new JsonObject { ["replicas"] = 0 },
        Validate = Validate,
    };

    static void SetDefaults(JsonObject rc)
    {
        if (rc["spec"] is not JsonObject spec)
            return;
        if (spec.Find("template", "metadata", "labels") is JsonObject { Count: > 0 } labels)
        {
            if (spec["selector"] is not JsonObject { Count: > 0 })
                spec["selector"] = labels.DeepClone();
            if (rc.Metadata()["labels"] is not JsonObject { Count: > 0 })
                rc.Metadata()["labels"] = labels.DeepClone();
        }

        spec.SetDefault("replicas", 1);
        if (spec.Find("template", "spec") is JsonObject podSpec)
            PodDefaults.SetTemplateSpec(podSpec);
    }

    static void Validate(JsonObject rc, FieldFaults faults)
    {
        var path = FieldPath.Root("spec");
        var spec = rc["spec"] as JsonObject ?? [];
        faults.NotNegative(spec, "minReadySeconds", path);
        faults.NotNegative(spec, "replicas", path);
        if (spec["selector"] is not JsonObject { Count: > 0 } selector)
        {
            faults.Required(path.Child("selector"));
            selector = [];
        }

        if (spec["template"] is not JsonObject template)
        {
            faults.Required(path.Child("template"));
            return;
        }

        var at = path.Child("template");
        var labels = template.Find("metadata", "labels") as JsonObject ?? [];
        if (selector.Any(s => labels[s.Key]?.ToString() != s.Value?.ToString()))
            faults.Invalid(at.Child("metadata", "labels"), labels, "`selector` does not match template `labels`");
        PodRules.ValidateTemplate(template, at, faults);
        if (template.Text("spec", "restartPolicy") is { Length: > 0 } policy && policy != "Always")
            faults.NotSupported(at.Child("spec", "restartPolicy"), policy, "Always");
        if (template.Find("spec", "activeDeadlineSeconds") is not null)
            faults.Forbidden(at.Child("spec", "activeDeadlineSeconds"), "activeDeadlineSeconds in ReplicationController is not Supported");
    }
}
