using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Kinds.Policy;

/// <summary>PodDisruptionBudget.</summary>
static class PodDisruptionBudgetKind
{
    public static KindDefinition Definition { get; } = new("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets")
    {
        ShortNames = ["pdb"],
        Subresources = [Subresource.Status("PodDisruptionBudget")],
        HasGeneration = true,
        ReplacesUnconditionally = false,
        Columns =
        [
            TableColumn.ObjectName,
            TableColumn.Of("Min Available", static row => Amount(row.Item, "minAvailable")),
            TableColumn.Of("Max Unavailable", static row => Amount(row.Item, "maxUnavailable")),
            TableColumn.Number("Allowed Disruptions", "status", "disruptionsAllowed"),
            TableColumn.Age,
        ],
        PrepareCreate = static (budget, _) => budget["status"] = new JsonObject
        {
            ["disruptionsAllowed"] = 0, ["currentHealthy"] = 0, ["desiredHealthy"] = 0, ["expectedPods"] = 0,
        },
        Validate = Validate,
    };

    static string Amount(JsonElement budget, string field) => TableCells.Find(budget, "spec", field) is { ValueKind: JsonValueKind.String or JsonValueKind.Number } value
        ? value.ToString()
        : "N/A";

    static void Validate(JsonObject budget, FieldFaults faults)
    {
        var path = FieldPath.Root("spec");
        var spec = budget["spec"] as JsonObject ?? [];
        if (spec["minAvailable"] is not null && spec["maxUnavailable"] is not null)
            faults.Invalid(path, spec, "minAvailable and maxUnavailable cannot be both set");
        foreach (var field in (ReadOnlySpan<string>)["minAvailable", "maxUnavailable"])
            ValidateAmount(spec[field], path.Child(field), faults);
        LabelSelectorRules.Validate(spec["selector"] as JsonObject, path.Child("selector"), faults);
    }

    static void ValidateAmount(JsonNode? amount, FieldPath path, FieldFaults faults)
    {
        switch (amount?.GetValueKind())
        {
            case JsonValueKind.Number when amount.GetValue<int>() < 0:
                faults.Invalid(path, amount, "must be greater than or equal to 0");
                break;
            case JsonValueKind.String when amount.GetValue<string>() is not [.. var digits, '%'] || digits.Length == 0 || !digits.All(char.IsAsciiDigit):
                faults.Invalid(path, amount, "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')");
                break;
            case JsonValueKind.String when !int.TryParse(amount.GetValue<string>().TrimEnd('%'), NumberStyles.None, CultureInfo.InvariantCulture, out var percent) || percent > 100:
                faults.Invalid(path, amount, "must not be greater than 100%");
                break;
        }
    }
}
