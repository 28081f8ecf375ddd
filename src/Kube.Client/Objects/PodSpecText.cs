namespace Kube;

/// <summary>What the wide columns of pods and of everything with a pod template show.</summary>
static class PodSpecText
{
    /// <summary>One field of each container.</summary>
    public static string[] Each(JsonSlice podSpec, ReadOnlySpan<byte> field)
    {
        var texts = new List<string>();
        foreach (var container in podSpec["containers"u8]) texts.Add(container[field].Text ?? "");
        return [.. texts];
    }

    /// <summary>A map of equal values, such as <c>app=web,tier=front</c>, by name; null for none.</summary>
    public static string? Selector(JsonSlice labels) => labels.Strings() is { Count: > 0 } pairs
        ? string.Join(',', pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"))
        : null;

    /// <summary>A label selector as kubectl writes it: <c>app=web,tier in (a,b),!old</c>; null where it selects nothing in particular.</summary>
    public static string? LabelSelector(JsonSlice selector)
    {
        var terms = selector["matchLabels"u8].Strings().Select(pair => (pair.Key, Text: $"{pair.Key}={pair.Value}")).ToList();
        foreach (var expression in selector["matchExpressions"u8])
        {
            string key = expression["key"u8].Text ?? "";
            var values = new List<string>();
            foreach (var value in expression["values"u8]) values.Add(value.Text ?? "");
            values.Sort(StringComparer.Ordinal);
            string list = string.Join(',', values);
            terms.Add((key, expression["operator"u8].Text switch
            {
                "In" => $"{key} in ({list})",
                "NotIn" => $"{key} notin ({list})",
                "Exists" => key,
                "DoesNotExist" => $"!{key}",
                var other => $"{key} {other} ({list})",
            }));
        }
        return terms.Count == 0 ? null : string.Join(',', terms.OrderBy(term => term.Key, StringComparer.Ordinal).Select(term => term.Text));
    }
}
