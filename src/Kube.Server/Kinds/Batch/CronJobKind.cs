using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Validation;
using Kube.Server.Kinds.Workloads;

namespace Kube.Server.Kinds.Batch;

/// <summary>CronJob.</summary>
static class CronJobKind
{
    // Its jobs' names are eleven characters longer.
    const int LongestName = 63 - 11;
    static readonly FieldPath Spec = FieldPath.Root("spec");
    static readonly string[] Template = ["spec", "jobTemplate", "spec", "template"];

    public static KindDefinition Definition { get; } = new("batch", "v1", "CronJob", "cronjobs")
    {
        ShortNames = ["cj"],
        Categories = ["all"],
        Subresources = [Subresource.Status("CronJob")],
        HasGeneration = true,
        Columns =
        [
            TableColumn.ObjectName,
            TableColumn.Text("Schedule", "spec", "schedule"),
            TableColumn.TextOrNone("Timezone", "spec", "timeZone"),
            TableColumn.Of("Suspend", static row => TableCells.Find(row.Item, "spec", "suspend") is { ValueKind: JsonValueKind.True } ? "True" : "False", "boolean"),
            TableColumn.Of("Active", static row => TableCells.Count(row.Item, "status", "active"), "integer"),
            TableColumn.Of("Last Schedule", static row => TableCells.Text(row.Item, "status", "lastScheduleTime") is { Length: > 0 } time ? TableCells.Since(time, row.Now) : TableCells.None),
            TableColumn.Age,
            TableColumn.Of("Containers", static row => WorkloadColumns.Names(row.Item, "name", Template)).Wide,
            TableColumn.Of("Images", static row => WorkloadColumns.Names(row.Item, "image", Template)).Wide,
            TableColumn.Of("Selector", static row => TableCells.OrNone(LabelSelectorText.Of(TableCells.Find(row.Item, "spec", "jobTemplate", "spec", "selector")))).Wide,
        ],
        Default = SetDefaults,
        PrepareCreate = static (job, _) => job["status"] = new JsonObject(),
        Validate = Validate,
    };

    static void SetDefaults(JsonObject cronJob)
    {
        if (cronJob["spec"] is not JsonObject spec)
            return;
        spec.SetDefault("concurrencyPolicy", "Allow");
        spec.SetDefault("suspend", false);
        spec.SetDefault("successfulJobsHistoryLimit", 3);
        spec.SetDefault("failedJobsHistoryLimit", 1);
        if (spec["jobTemplate"] is JsonObject template && template.Find("spec", "template", "spec") is JsonObject)
            WorkloadDefaults.SetTemplate(template);
    }

    static void Validate(JsonObject cronJob, FieldFaults faults)
    {
        var spec = cronJob["spec"] as JsonObject ?? [];
        var schedule = faults.Required(spec, "schedule", Spec);
        if (schedule.Length > 0)
        {
            try
            {
                CronSchedule.Parse(schedule);
            }
            catch (FormatException e)
            {
                faults.Invalid(Spec.Child("schedule"), schedule, e.Message);
            }
        }

        if (spec["timeZone"] is not null)
        {
            var zone = spec.Text("timeZone");
            if (zone.Length == 0)
                faults.Invalid(Spec.Child("timeZone"), zone, "timeZone must be nil or non-empty string");
            else if (zone.Equals("Local", StringComparison.OrdinalIgnoreCase))
                faults.Invalid(Spec.Child("timeZone"), zone, "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones");
            else if (TimeZones.Find(zone) is null)
                faults.Invalid(Spec.Child("timeZone"), zone, "unknown time zone " + zone);
        }

        foreach (var count in (ReadOnlySpan<string>)["startingDeadlineSeconds", "successfulJobsHistoryLimit", "failedJobsHistoryLimit"])
            faults.NotNegative(spec, count, Spec);
        if (cronJob.Text("metadata", "name") is { Length: > LongestName } name)
            faults.Invalid(FieldPath.Root("metadata").Child("name"), name, $"must be no more than {LongestName} characters");
        var template = spec["jobTemplate"] as JsonObject ?? [];
        var at = Spec.Child("jobTemplate", "spec");
        if (template.Find("spec", "selector") is not null)
            faults.Invalid(at.Child("selector"), template.Find("spec", "selector"), "`selector` will be auto-generated");
        if (template.Find("spec") is JsonObject job && job.Flag("manualSelector"))
            faults.NotSupported(at.Child("manualSelector"), true, "nil", "false");
        JobRules.ValidateSpec(template["spec"] as JsonObject ?? [], at, faults);
    }
}
