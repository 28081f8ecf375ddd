using System.Text.Json;

namespace Kube.Server.Kinds.Workloads;

/// <summary>Writes a document's label selector as command lines have it: <c>a=b,c in (d,e),!f</c>, by key.</summary>
static class LabelSelectorText
{
    /// <param name="selector">A map of labels, or an object with <c>matchLabels</c> and <c>matchExpressions</c>.</param>
    /// <returns>The text; empty for a selector that is missing or empty.</returns>
    public static string Of(JsonElement? selector)
    {
        if (selector is not { ValueKind: JsonValueKind.Object } map)
            return "";
        var parts = new List<(string Key, string Text)>();
        var isWhole = map.TryGetProperty("matchLabels", out var labels) | map.TryGetProperty("matchExpressions", out var expressions);
        foreach (var label in Fields(isWhole ? labels : map))
            parts.Add((label.Name, $"{label.Name}={label.Value}"));
        if (expressions.ValueKind == JsonValueKind.Array)
            parts.AddRange(expressions.EnumerateArray().Select(e => (TableCells.Text(e, "key"), Of(e))));
        return string.Join(",", parts.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => p.Text));
    }

    static string Of(JsonElement expression)
    {
        var key = TableCells.Text(expression, "key");
        var values = string.Join(",", TableCells.Texts(expression, "values").Order(StringComparer.Ordinal));
        return TableCells.Text(expression, "operator") switch
        {
            "In" => $"{key} in ({values})",
            "NotIn" => $"{key} notin ({values})",
            "DoesNotExist" => "!" + key,
            _ => key,
        };
    }

    static IEnumerable<JsonProperty> Fields(JsonElement map) => map.ValueKind == JsonValueKind.Object ? map.EnumerateObject() : [];
}
