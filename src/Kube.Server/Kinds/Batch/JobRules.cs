using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Pods;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Kinds.Batch;

/// <summary>What holds for jobs and for the templates of jobs (kubernetes, pkg/apis/batch/validation).</summary>
static class JobRules
{
    const int MostIndexes = 100_000;
    static readonly FieldPath Root = FieldPath.Root("spec");

    // What the job controller here does not do is not taken either.
    static readonly string[] Unsupported = ["podFailurePolicy", "successPolicy", "backoffLimitPerIndex", "maxFailedIndexes", "managedBy", "scheduling"];

    public static void Validate(JsonObject job, FieldFaults faults)
    {
        var spec = job["spec"] as JsonObject ?? [];
        ValidateSpec(spec, Root, faults);
        var selector = spec["selector"] as JsonObject;
        if (selector is null)
            faults.Required(Root.Child("selector"));
        LabelSelectorRules.Validate(selector, Root.Child("selector"), faults);
        var labels = spec.Find("template", "metadata", "labels") as JsonObject ?? [];
        if (selector is not null && !LabelSelectorRules.Matches(selector, labels))
            faults.Invalid(Root.Child("template", "metadata", "labels"), labels, "`selector` does not match template `labels`");
        if (spec.Text("completionMode") == "Indexed" && job.Text("metadata", "name") is { Length: > 0 } name)
        {
            // Its pods' host names end in the index.
            var last = Math.Max(0, (spec.Number("completions") ?? 1) - 1);
            faults.Invalid(FieldPath.Root("metadata").Child("name"), name, [.. Names.LabelFaults($"{name}-{last}").Select(f => "will not able to create pod with invalid DNS label: " + f)]);
        }
    }

    public static void ValidateSpec(JsonObject spec, FieldPath path, FieldFaults faults)
    {
        foreach (var field in (ReadOnlySpan<string>)["parallelism", "completions", "activeDeadlineSeconds", "backoffLimit", "ttlSecondsAfterFinished"])
            faults.NotNegative(spec, field, path);
        foreach (var field in Unsupported)
        {
            if (spec[field] is not null)
                faults.Forbidden(path.Child(field), "not supported by this cluster");
        }

        if (spec.Text("podReplacementPolicy") == "Failed")
            faults.NotSupported(path.Child("podReplacementPolicy"), "Failed", "TerminatingOrFailed");
        if (spec.Text("completionMode") == "Indexed")
        {
            if (spec["completions"] is null)
                faults.Required(path.Child("completions"), "when completion mode is Indexed");
            else if (spec.Number("completions") > MostIndexes)
                faults.Invalid(path.Child("completions"), spec.Number("completions"), $"must be less than or equal to {MostIndexes}");
            if (spec.Number("parallelism") > MostIndexes)
                faults.Invalid(path.Child("parallelism"), spec.Number("parallelism"), $"must be less than or equal to {MostIndexes} when completion mode is Indexed");
        }

        if (spec["template"] is not JsonObject template)
        {
            faults.Required(path.Child("template"));
            return;
        }

        var at = path.Child("template");
        PodRules.ValidateTemplate(template, at, faults);
        var policy = template.Text("spec", "restartPolicy");
        if (policy is "Always" or "")
            faults.Required(at.Child("spec", "restartPolicy"), "valid values: \"OnFailure\", \"Never\"");
        else if (policy is not ("OnFailure" or "Never"))
            faults.NotSupported(at.Child("spec", "restartPolicy"), policy, "OnFailure", "Never");
    }

    public static void ValidateUpdate(JsonObject job, JsonObject old, FieldFaults faults)
    {
        var (spec, oldSpec) = (job["spec"] as JsonObject ?? [], old["spec"] as JsonObject ?? []);
        foreach (var field in (ReadOnlySpan<string>)["completions", "selector", "completionMode"])
        {
            var grows = field == "completions" && spec.Text("completionMode") == "Indexed" && spec.Number("completions") == spec.Number("parallelism");
            if (!grows)
                faults.Immutable(spec[field], oldSpec[field], Root.Child(field));
        }

        // Nothing runs yet of one that was suspended from the start.
        var unstarted = oldSpec.Flag("suspend") && old.Find("status", "startTime") is null;
        if (!unstarted)
            faults.Immutable(spec["template"], oldSpec["template"], Root.Child("template"));
    }
}
