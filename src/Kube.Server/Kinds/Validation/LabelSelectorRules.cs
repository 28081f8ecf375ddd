using System.Text.Json.Nodes;
using Kube.Server.Api;

namespace Kube.Server.Kinds.Validation;

/// <summary>A label selector within a document (apimachinery, pkg/apis/meta/v1/validation).</summary>
static class LabelSelectorRules
{
    public static void Validate(JsonObject? selector, FieldPath path, FieldFaults faults)
    {
        if (selector is null)
            return;
        MetadataRules.ValidateLabels(selector["matchLabels"] as JsonObject, path.Child("matchLabels"), faults);
        foreach (var (expression, at) in path.Child("matchExpressions").Each(selector["matchExpressions"]))
        {
            var values = Values(expression);
            ValidateExpression(expression, values, at, faults);
            for (var i = 0; i < values.Count; i++)
                faults.Invalid(at.Child("values").Index(i), values[i], Names.LabelValueFaults(values[i]));
        }
    }

    /// <summary>One expression: its key and operator, and whether it has the values that the operator wants. Operators besides the common four are refused.</summary>
    public static void ValidateExpression(JsonObject expression, IReadOnlyList<string> values, FieldPath path, FieldFaults faults)
    {
        switch (expression.Text("operator"))
        {
            case "In" or "NotIn":
                if (values.Count == 0)
                    faults.Required(path.Child("values"), "must be specified when `operator` is 'In' or 'NotIn'");
                break;
            case "Exists" or "DoesNotExist":
                if (values.Count > 0)
                    faults.Forbidden(path.Child("values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                break;
            default:
                faults.Invalid(path.Child("operator"), expression.Text("operator"), "not a valid selector operator");
                break;
        }

        faults.Invalid(path.Child("key"), expression.Text("key"), Names.LabelKeyFaults(expression.Text("key")));
    }

    /// <summary>Whether a well-formed selector matches labels.</summary>
    public static bool Matches(JsonObject selector, JsonObject labels) =>
        (selector["matchLabels"] as JsonObject ?? []).All(wanted => labels[wanted.Key]?.ToString() == wanted.Value?.ToString())
        && selector.Objects("matchExpressions").All(expression => Matches(expression, labels[expression.Text("key")]?.ToString()));

    public static IReadOnlyList<string> Values(JsonObject expression) =>
        (expression["values"] as JsonArray)?.Select(v => v?.ToString() ?? "").ToList() ?? [];

    static bool Matches(JsonObject expression, string? value) => expression.Text("operator") switch
    {
        "In" => value is not null && Values(expression).Contains(value),
        "NotIn" => value is null || !Values(expression).Contains(value),
        "Exists" => value is not null,
        "DoesNotExist" => value is null,
        _ => false,
    };
}
