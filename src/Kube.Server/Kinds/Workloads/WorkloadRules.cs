using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Pods;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Kinds.Workloads;

/// <summary>What holds for everything that makes pods from a template (kubernetes, pkg/apis/apps/validation).</summary>
static class WorkloadRules
{
    static readonly FieldPath Spec = FieldPath.Root("spec");

    /// <summary>A selector that must be there, and a template whose labels it matches and whose pods are restarted always.</summary>
    /// <param name="name">The workload in messages: <c>deployment</c>.</param>
    public static void Validate(JsonObject workload, string name, FieldFaults faults)
    {
        var spec = workload["spec"] as JsonObject ?? [];
        if (spec["selector"] is not JsonObject selector)
        {
            faults.Required(Spec.Child("selector"));
            selector = [];
        }
        else
        {
            LabelSelectorRules.Validate(selector, Spec.Child("selector"), faults);
            if (selector.Count == 0)
                faults.Invalid(Spec.Child("selector"), selector, $"empty selector is invalid for {name}");
        }

        var at = Spec.Child("template");
        if (spec["template"] is not JsonObject template)
        {
            faults.Required(at);
            return;
        }

        var labels = template.Find("metadata", "labels") as JsonObject ?? [];
        if (selector.Count > 0 && !LabelSelectorRules.Matches(selector, labels))
            faults.Invalid(at.Child("metadata", "labels"), labels, "`selector` does not match template `labels`");
        PodRules.ValidateTemplate(template, at, faults);
        if (template.Text("spec", "restartPolicy") is { Length: > 0 } policy && policy != "Always")
            faults.NotSupported(at.Child("spec", "restartPolicy"), policy, "Always");
        if (template.Find("spec", "activeDeadlineSeconds") is not null)
            faults.Forbidden(at.Child("spec", "activeDeadlineSeconds"), $"activeDeadlineSeconds in {name} is not supported");
        foreach (var count in (ReadOnlySpan<string>)["replicas", "minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds"])
            faults.NotNegative(spec, count, Spec);
    }

    /// <summary>The selector stays as it is: pods would be lost from sight.</summary>
    public static void KeepsSelector(JsonObject workload, JsonObject old, FieldFaults faults) =>
        faults.Immutable(workload.Find("spec", "selector"), old.Find("spec", "selector"), Spec.Child("selector"));

    /// <summary>A number that is not negative, or a percentage.</summary>
    /// <returns>Whether it stands for none at all; a missing one does not.</returns>
    public static bool CountOrPercent(JsonObject map, string field, FieldPath path, FieldFaults faults, bool atMostAll = false)
    {
        if (map[field] is not { } value)
            return false;
        if (map.Number(field) is { } number)
        {
            faults.NotNegative(map, field, path);
            return number == 0;
        }

        var text = value.ToString();
        if (!IsPercent(text))
        {
            faults.Invalid(path.Child(field), text, "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')");
            return false;
        }

        var percent = decimal.Parse(text[..^1], System.Globalization.CultureInfo.InvariantCulture);
        if (atMostAll && percent > 100)
            faults.Invalid(path.Child(field), text, "must not be greater than 100%");
        return percent == 0;
    }

    static bool IsPercent(string text) => text.Length is > 1 and < 12 && text[^1] == '%' && text.AsSpan(0, text.Length - 1).IndexOfAnyExceptInRange('0', '9') < 0;
}
