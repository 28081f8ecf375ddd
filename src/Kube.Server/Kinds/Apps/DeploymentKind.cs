using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Validation;
using Kube.Server.Kinds.Workloads;

namespace Kube.Server.Kinds.Apps;

/// <summary>Deployment.</summary>
static class DeploymentKind
{
    public static KindDefinition Definition { get; } = new("apps", "v1", "Deployment", "deployments")
    {
        ShortNames = ["deploy"],
        Categories = ["all"],
        Subresources = [Subresource.Scale, Subresource.Status("Deployment")],
        HasGeneration = true,
        KeptByStatus = ["labels"],
        IsNewGeneration = static (next, old) =>
            !JsonNode.DeepEquals(next["spec"], old["spec"]) || !JsonNode.DeepEquals(next.Find("metadata", "annotations"), old.Find("metadata", "annotations")),
        Columns =
        [
            TableColumn.ObjectName,
            WorkloadColumns.Ready,
            TableColumn.Number("Up-to-date", "status", "updatedReplicas") with { Type = "string" },
            TableColumn.Number("Available", "status", "availableReplicas") with { Type = "string" },
            TableColumn.Age,
            WorkloadColumns.Containers,
            WorkloadColumns.Images,
            WorkloadColumns.Selector,
        ],
        Default = SetDefaults,
        PrepareCreate = static (deployment, _) => deployment["status"] = new JsonObject(),
        Validate = Validate,
        ValidateUpdate = WorkloadRules.KeepsSelector,
    };

    static void SetDefaults(JsonObject deployment)
    {
        if (WorkloadDefaults.SetTemplate(deployment) is not { } spec)
            return;
        spec.SetDefault("replicas", 1);
        spec.SetDefault("revisionHistoryLimit", 10);
        spec.SetDefault("progressDeadlineSeconds", 600);
        var strategy = spec.Child("strategy");
        strategy.SetDefault("type", "RollingUpdate");
        if (strategy.Text("type") != "RollingUpdate")
            return;
        var rolling = strategy.Child("rollingUpdate");
        rolling["maxUnavailable"] ??= "25%";
        rolling["maxSurge"] ??= "25%";
    }

    static void Validate(JsonObject deployment, FieldFaults faults)
    {
        WorkloadRules.Validate(deployment, "deployment", faults);
        var path = FieldPath.Root("spec");
        var spec = deployment["spec"] as JsonObject ?? [];
        var at = path.Child("strategy", "rollingUpdate");
        if (spec.Find("strategy", "rollingUpdate") is JsonObject rolling)
        {
            if (spec.Text("strategy", "type") == "Recreate")
            {
                faults.Forbidden(at, "may not be specified when strategy `type` is 'Recreate'");
            }
            else
            {
                var noSurge = WorkloadRules.CountOrPercent(rolling, "maxSurge", at, faults);
                if (WorkloadRules.CountOrPercent(rolling, "maxUnavailable", at, faults, atMostAll: true) && noSurge)
                    faults.Invalid(at.Child("maxUnavailable"), rolling["maxUnavailable"], "may not be 0 when `maxSurge` is 0");
            }
        }

        var minimum = spec.Number("minReadySeconds") ?? 0;
        if (spec.Number("progressDeadlineSeconds") is { } deadline && deadline <= minimum)
            faults.Invalid(path.Child("progressDeadlineSeconds"), deadline, "must be greater than minReadySeconds");
    }
}
