using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Kinds.Pods;

/// <summary>A container's requests and limits.</summary>
static class ResourceRules
{
    static readonly string[] Standard = ["cpu", "memory", "ephemeral-storage"];

    public static void Validate(JsonObject? resources, FieldPath path, FieldFaults faults)
    {
        if (resources is null)
            return;
        var limits = resources["limits"] as JsonObject ?? [];
        var requests = resources["requests"] as JsonObject ?? [];
        foreach (var (name, amount) in limits)
            ValidateAmount(name, amount, path.Child("limits"), faults);
        foreach (var (name, amount) in requests)
        {
            ValidateAmount(name, amount, path.Child("requests"), faults);
            CompareWithLimit(name, amount, limits[name], path.Child("requests"), faults);
        }

        foreach (var name in limits.Select(l => l.Key).Where(n => IsExtended(n) && !requests.ContainsKey(n)))
            faults.Required(path.Child("requests"), "Request must be set for non overcommitable resources");
    }

    static void ValidateAmount(string name, JsonNode? amount, FieldPath path, FieldFaults faults)
    {
        var keyFaults = Names.LabelKeyFaults(name);
        faults.Invalid(path, name, keyFaults);
        if (keyFaults.Count == 0 && !name.Contains('/') && !Standard.Contains(name) && !IsHugePages(name))
            faults.Invalid(path, name, "must be a standard resource for containers");
        if (!KubeQuantity.TryParse(amount?.ToString() ?? "", out var quantity))
            return;
        if (quantity.Sign < 0)
            faults.Invalid(path.Key(name), quantity.ToString(), "must be greater than or equal to 0");
        if (IsExtended(name) && !quantity.IsWhole)
            faults.Invalid(path.Key(name), quantity.ToString(), "must be an integer");
    }

    static void CompareWithLimit(string name, JsonNode? amount, JsonNode? limit, FieldPath path, FieldFaults faults)
    {
        if (limit is null || !KubeQuantity.TryParse(amount?.ToString() ?? "", out var asked) || !KubeQuantity.TryParse(limit.ToString(), out var most))
            return;
        if ((IsExtended(name) || IsHugePages(name)) && asked.CompareTo(most) != 0)
            faults.Invalid(path, asked.ToString(), $"must be equal to {name} limit of {most}");
        else if (asked.CompareTo(most) > 0)
            faults.Invalid(path, asked.ToString(), $"must be less than or equal to {name} limit of {most}");
    }

    static bool IsHugePages(string name) => name.StartsWith("hugepages-", StringComparison.Ordinal);

    static bool IsExtended(string name) => name.Contains('/') && !name.Split('/')[0].EndsWith("kubernetes.io", StringComparison.Ordinal);
}
