using System.Globalization;
using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Kinds.Pods;

/// <summary>What says where a pod may run: node selectors, affinity, tolerations, spreading.</summary>
static class SchedulingRules
{
    static readonly string[] SelectorOperators = ["DoesNotExist", "Exists", "Gt", "In", "Lt", "NotIn"];

    public static void Validate(JsonObject spec, FieldPath path, FieldFaults faults)
    {
        MetadataRules.ValidateLabels(spec["nodeSelector"] as JsonObject, path.Child("nodeSelector"), faults);
        foreach (var (toleration, at) in path.Child("tolerations").Each(spec["tolerations"]))
            ValidateToleration(toleration, at, faults);
        if (spec.Find("affinity", "nodeAffinity") is JsonObject affinity)
            ValidateNodeAffinity(affinity, path.Child("affinity", "nodeAffinity"), faults);
        foreach (var kind in (ReadOnlySpan<string>)["podAffinity", "podAntiAffinity"])
        {
            if (spec.Find("affinity", kind) is JsonObject pods)
                ValidatePodAffinity(pods, path.Child("affinity", kind), faults);
        }

        foreach (var (constraint, at) in path.Child("topologySpreadConstraints").Each(spec["topologySpreadConstraints"]))
            ValidateSpread(constraint, at, faults);
        foreach (var (gate, at) in path.Child("schedulingGates").Each(spec["schedulingGates"]))
            faults.Invalid(at.Child("name"), gate.Text("name"), Names.LabelKeyFaults(gate.Text("name")));
    }

    static void ValidateToleration(JsonObject toleration, FieldPath path, FieldFaults faults)
    {
        var key = toleration.Text("key");
        var how = toleration.Text("operator");
        if (key.Length > 0)
            faults.Invalid(path.Child("key"), key, Names.LabelKeyFaults(key));
        else if (how != "Exists")
            faults.Invalid(path.Child("operator"), how, "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
        if (toleration["tolerationSeconds"] is not null && toleration.Text("effect") != "NoExecute")
            faults.Invalid(path.Child("effect"), toleration.Text("effect"), "effect must be 'NoExecute' when `tolerationSeconds` is set");
        switch (how)
        {
            case "" or "Equal":
                faults.Invalid(path.Child("operator"), toleration.Text("value"), Names.LabelValueFaults(toleration.Text("value")));
                break;
            case "Exists":
                if (toleration.Text("value").Length > 0)
                    faults.Invalid(path.Child("operator"), toleration.Text("value"), "value must be empty when `operator` is 'Exists'");
                break;
            default:
                faults.NotSupported(path.Child("operator"), how, "Equal", "Exists");
                break;
        }

        faults.OneOf(toleration, "effect", path, "NoSchedule", "PreferNoSchedule", "NoExecute");
    }

    static void ValidateNodeAffinity(JsonObject affinity, FieldPath path, FieldFaults faults)
    {
        if (affinity["requiredDuringSchedulingIgnoredDuringExecution"] is JsonObject required)
        {
            var at = path.Child("requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms");
            if (required["nodeSelectorTerms"] is not JsonArray { Count: > 0 })
                faults.Required(at, "must have at least one node selector term");
            foreach (var (term, termPath) in at.Each(required["nodeSelectorTerms"]))
                ValidateTerm(term, termPath, faults);
        }

        foreach (var (preferred, at) in path.Child("preferredDuringSchedulingIgnoredDuringExecution").Each(affinity["preferredDuringSchedulingIgnoredDuringExecution"]))
        {
            if (preferred.Number("weight") is not (>= 1 and <= 100))
                faults.Invalid(at.Child("weight"), preferred.Number("weight") ?? 0, "must be in the range 1-100");
            ValidateTerm(preferred["preference"] as JsonObject ?? [], at.Child("preference"), faults);
        }
    }

    static void ValidateTerm(JsonObject term, FieldPath path, FieldFaults faults)
    {
        foreach (var (expression, at) in path.Child("matchExpressions").Each(term["matchExpressions"]))
        {
            var values = LabelSelectorRules.Values(expression);
            if (expression.Text("operator") is not ("Gt" or "Lt"))
            {
                LabelSelectorRules.ValidateExpression(expression, values, at, faults);
                continue;
            }

            if (values.Count != 1)
                faults.Required(at.Child("values"), "must be specified single value when `operator` is 'Lt' or 'Gt'");
            else if (!long.TryParse(values[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
                faults.Invalid(at.Child("values").Index(0), values[0], "for 'Gt', 'Lt' operators, the value must be an integer");
            faults.Invalid(at.Child("key"), expression.Text("key"), Names.LabelKeyFaults(expression.Text("key")));
        }

        foreach (var (expression, at) in path.Child("matchFields").Each(term["matchFields"]))
        {
            if (expression.Text("operator") is not ("In" or "NotIn"))
                faults.Invalid(at.Child("operator"), expression.Text("operator"), SelectorOperators.Contains(expression.Text("operator")) ? "not a valid selector operator for fields" : "not a valid selector operator");
            if (expression.Text("key") != "metadata.name")
                faults.Invalid(at.Child("key"), expression.Text("key"), "not a valid field selector key");
        }
    }

    static void ValidatePodAffinity(JsonObject affinity, FieldPath path, FieldFaults faults)
    {
        foreach (var (term, at) in path.Child("requiredDuringSchedulingIgnoredDuringExecution").Each(affinity["requiredDuringSchedulingIgnoredDuringExecution"]))
            ValidatePodTerm(term, at, faults);
        foreach (var (preferred, at) in path.Child("preferredDuringSchedulingIgnoredDuringExecution").Each(affinity["preferredDuringSchedulingIgnoredDuringExecution"]))
        {
            if (preferred.Number("weight") is not (>= 1 and <= 100))
                faults.Invalid(at.Child("weight"), preferred.Number("weight") ?? 0, "must be in the range 1-100");
            ValidatePodTerm(preferred["podAffinityTerm"] as JsonObject ?? [], at.Child("podAffinityTerm"), faults);
        }
    }

    static void ValidatePodTerm(JsonObject term, FieldPath path, FieldFaults faults)
    {
        LabelSelectorRules.Validate(term["labelSelector"] as JsonObject, path.Child("labelSelector"), faults);
        LabelSelectorRules.Validate(term["namespaceSelector"] as JsonObject, path.Child("namespaceSelector"), faults);
        var key = term.Text("topologyKey");
        if (key.Length == 0)
            faults.Required(path.Child("topologyKey"), "can not be empty");
        faults.Invalid(path.Child("topologyKey"), key, Names.LabelKeyFaults(key));
    }

    static void ValidateSpread(JsonObject constraint, FieldPath path, FieldFaults faults)
    {
        if (constraint.Number("maxSkew") is not > 0)
            faults.Invalid(path.Child("maxSkew"), constraint.Number("maxSkew") ?? 0, "must be greater than zero");
        if (constraint.Text("topologyKey").Length == 0)
            faults.Required(path.Child("topologyKey"), "can not be empty");
        if (constraint.Text("whenUnsatisfiable") is not ("DoNotSchedule" or "ScheduleAnyway"))
            faults.NotSupported(path.Child("whenUnsatisfiable"), constraint.Text("whenUnsatisfiable"), "DoNotSchedule", "ScheduleAnyway");
        LabelSelectorRules.Validate(constraint["labelSelector"] as JsonObject, path.Child("labelSelector"), faults);
    }
}
