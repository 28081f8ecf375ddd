using System.Globalization;
using System.Text.Json;

namespace Kube.Agent.Pods;

/// <summary>Kubernetes' quantities: <c>500m</c>, <c>1.5Gi</c>, <c>1e3</c>, <c>2</c>.</summary>
static class Quantity
{
    static readonly Dictionary<string, decimal> Suffixes = new()
    {
        ["n"] = 0.000000001m,
        ["u"] = 0.000001m,
        ["m"] = 0.001m,
        [""] = 1,
        ["k"] = 1_000,
        ["M"] = 1_000_000,
        ["G"] = 1_000_000_000,
        ["T"] = 1_000_000_000_000,
        ["P"] = 1_000_000_000_000_000,
        ["E"] = 1_000_000_000_000_000_000,
        ["Ki"] = 1L << 10,
        ["Mi"] = 1L << 20,
        ["Gi"] = 1L << 30,
        ["Ti"] = 1L << 40,
        ["Pi"] = 1L << 50,
        ["Ei"] = 1L << 60,
    };

    /// <summary>The value of one entry of <c>limits</c> or <c>requests</c>; null when it is absent or no quantity (the API lets none in that is none).</summary>
    public static decimal? Find(IReadOnlyDictionary<string, JsonElement> quantities, string name) =>
        quantities.TryGetValue(name, out var element) && TryParse(Text(element), out var value) ? value : null;

    public static string Text(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString()! : element.ValueKind == JsonValueKind.Undefined ? "" : element.GetRawText();

    public static bool TryParse(string text, out decimal value)
    {
        value = 0;
        var digits = text.AsSpan().TrimEnd("EPTGMKkmunieinup");
        var suffix = text[digits.Length..];
        if (Suffixes.TryGetValue(suffix, out var factor) && decimal.TryParse(digits, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            try
            {
                value = number * factor;
                return true;
            }
            catch (OverflowException)
            {
                return false;
            }
        }
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }
}
