using System.Text.Json;

namespace Kube.Agent.Pods;

/// <summary>The quantities of a pod's document as numbers.</summary>
static class Amounts
{
    /// <summary>The value of one entry of <c>limits</c> or <c>requests</c>; null when it is absent or no quantity (the API lets none in that is none).</summary>
    public static decimal? Find(IReadOnlyDictionary<string, JsonElement> quantities, string name) => quantities.TryGetValue(name, out var element) ? Read(element) : null;

    /// <summary>A quantity, which may be written as a number; null when it is none.</summary>
    public static decimal? Read(JsonElement element)
    {
        var text = element.ValueKind switch
        {
            JsonValueKind.String => element.GetString()!,
            JsonValueKind.Undefined => "",
            _ => element.GetRawText(),
        };
        return KubeQuantity.TryParse(text, out var quantity) ? quantity.Value : null;
    }
}
