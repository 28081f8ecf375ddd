using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Workloads;

namespace Kube.Server.Kinds.Batch;

/// <summary>Job.</summary>
static class JobKind
{
    public const string UidLabel = "batch.kubernetes.io/controller-uid";
    public const string NameLabel = "batch.kubernetes.io/job-name";

    public static KindDefinition Definition { get; } = new("batch", "v1", "Job", "jobs")
    {
        Categories = ["all"],
        Subresources = [Subresource.Status("Job")],
        HasGeneration = true,
        // As in batch/v1, whose clients have always had to say otherwise.
        OrphansDependents = true,
        SelectableFields = [new("status.successful", "0", "status.succeeded")],
        Columns =
        [
            TableColumn.ObjectName,
            TableColumn.Of("Status", static row => State(row.Item)),
            TableColumn.Of("Completions", static row => Completions(row.Item)),
            TableColumn.Of("Duration", Duration),
            TableColumn.Age,
            WorkloadColumns.Containers,
            WorkloadColumns.Images,
            WorkloadColumns.Selector,
        ],
        Default = static job =>
        {
            JobDefaults.Set(job);
            if (job["spec"] is JsonObject spec)
                spec.SetDefault("manualSelector", false);
        },
        PrepareCreate = static (job, _) =>
        {
            job["status"] = new JsonObject();
            GenerateSelector(job);
        },
        Validate = static (job, faults) => JobRules.Validate(job, faults),
        ValidateUpdate = JobRules.ValidateUpdate,
    };

    // Each job's pods are told apart by its uid, so that two jobs of one template never count each other's.
    static void GenerateSelector(JsonObject job)
    {
        if (job["spec"] is not JsonObject spec || spec.Flag("manualSelector") || spec["template"] is not JsonObject template)
            return;
        var (uid, name) = (job.Text("metadata", "uid"), job.Text("metadata", "name"));
        var labels = template.Child("metadata").Child("labels");
        foreach (var (key, value) in ((string, string)[])[(UidLabel, uid), (NameLabel, name), ("controller-uid", uid), ("job-name", name)])
            labels[key] = value;
        var selector = spec.Child("selector").Child("matchLabels");
        selector[UidLabel] = uid;
    }

    static string State(JsonElement job)
    {
        bool Has(string type) => TableCells.Items(job, "status", "conditions").Any(c => TableCells.Text(c, "type") == type && TableCells.Text(c, "status") == "True");
        if (Has("Complete"))
            return "Complete";
        if (Has("Failed"))
            return "Failed";
        if (TableCells.Text(job, "metadata", "deletionTimestamp").Length > 0)
            return "Terminating";
        foreach (var state in (string[])["Suspended", "SuccessCriteriaMet", "FailureTarget"])
        {
            if (Has(state))
                return state;
        }

        return "Running";
    }

    static string Completions(JsonElement job)
    {
        var succeeded = TableCells.Number(job, "status", "succeeded");
        if (TableCells.Find(job, "spec", "completions") is { ValueKind: JsonValueKind.Number } wanted)
            return $"{succeeded}/{wanted}";
        var parallelism = TableCells.Number(job, "spec", "parallelism");
        return parallelism > 1 ? $"{succeeded}/1 of {parallelism}" : $"{succeeded}/1";
    }

    static string Duration(RowSource row)
    {
        if (!DateTimeOffset.TryParse(TableCells.Text(row.Item, "status", "startTime"), CultureInfo.InvariantCulture, out var start))
            return "";
        var end = DateTimeOffset.TryParse(TableCells.Text(row.Item, "status", "completionTime"), CultureInfo.InvariantCulture, out var completed) ? completed : row.Now;
        return KubeAge.Format(end - start);
    }
}
