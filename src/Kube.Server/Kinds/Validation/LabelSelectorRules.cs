using System.Text.Json.Nodes;
using Kube.Server.Api;

namespace Kube.Server.Kinds.Validation;

/// <summary>A label selector within a document (apimachinery, pkg/apis/meta/v1/validation).</summary>
internal static class LabelSelectorRules
{
    public static void Validate(JsonObject? selector, FieldPath path, FieldFaults faults)
    {
        if (selector is null)
            return;
        MetadataRules.ValidateLabels(selector["matchLabels"] as JsonObject, path.Child("matchLabels"), faults);
        foreach (var (expression, at) in path.Child("matchExpressions").Each(selector["matchExpressions"]))
        {
            var values = (expression["values"] as JsonArray)?.Select(v => v?.ToString() ?? "").ToList() ?? [];
            switch (expression.Text("operator"))
            {
                case "In" or "NotIn":
                    if (values.Count == 0)
                        faults.Required(at.Child("values"), "must be specified when `operator` is 'In' or 'NotIn'");
                    break;
                case "Exists" or "DoesNotExist":
                    if (values.Count > 0)
                        faults.Forbidden(at.Child("values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                    break;
                default:
                    faults.Invalid(at.Child("operator"), expression.Text("operator"), "not a valid selector operator");
                    break;
            }

            faults.Invalid(at.Child("key"), expression.Text("key"), Names.LabelKeyFaults(expression.Text("key")));
            for (var i = 0; i < values.Count; i++)
                faults.Invalid(at.Child("values").Index(i), values[i], Names.LabelValueFaults(values[i]));
        }
    }
}
