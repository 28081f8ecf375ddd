using System.Text.Json;

namespace Kube;

/// <summary>Goes through two documents side by side.</summary>
/// <param name="report">Told of each field that differs: its path and both values, one of them null where the field is in one document alone.</param>
/// <param name="skips">Which paths are of no interest.</param>
sealed class FieldComparison(Action<string, JsonElement?, JsonElement?> report, Func<string, bool> skips)
{
    public void Compare(string path, JsonElement? one, JsonElement? other)
    {
        if (skips(path)) return;
        if (IsAbsent(one) && IsAbsent(other)) return;
        if (one is { } a && other is { } b && JsonElement.DeepEquals(a, b)) return;
        if (Is(one, JsonValueKind.Object) && Is(other, JsonValueKind.Object, orAbsent: true) || Is(other, JsonValueKind.Object) && IsAbsent(one)) CompareMaps(path, one, other);
        else if (Is(one, JsonValueKind.Array) && Is(other, JsonValueKind.Array)) CompareLists(path, one!.Value, other!.Value);
        else report(path, IsAbsent(one) ? null : one, IsAbsent(other) ? null : other);
    }

    void CompareMaps(string path, JsonElement? one, JsonElement? other)
    {
        var (before, after) = (Fields(one), Fields(other));
        // An empty map that comes or goes is a change too: emptyDir: {} says something.
        if (before.Count == 0 && after.Count == 0) report(path, one, other);
        foreach (var (key, value) in before) Compare(Below(path, key), value, after.TryGetValue(key, out var then) ? then : null);
        foreach (var (key, value) in after.Where(field => !before.ContainsKey(field.Key))) Compare(Below(path, key), null, value);
    }

    void CompareLists(string path, JsonElement one, JsonElement other)
    {
        var (before, after) = (Items(one), Items(other));
        if (Names(before) is not { } names || Names(after) is not { } otherNames)
        {
            for (var i = 0; i < Math.Max(before.Length, after.Length); i++)
                Compare($"{path}[{i}]", i < before.Length ? before[i] : null, i < after.Length ? after[i] : null);
            return;
        }
        if (names.Order().SequenceEqual(otherNames.Order()) && !names.SequenceEqual(otherNames)) report(path, one, other);
        foreach (var name in names.Union(otherNames))
        {
            var (from, to) = (names.IndexOf(name), otherNames.IndexOf(name));
            Compare($"{path}[name={name}]", from < 0 ? null : before[from], to < 0 ? null : after[to]);
        }
    }

    static bool IsAbsent(JsonElement? element) => element is not { ValueKind: not JsonValueKind.Null };

    static bool Is(JsonElement? element, JsonValueKind kind, bool orAbsent = false) => IsAbsent(element) ? orAbsent : element!.Value.ValueKind == kind;

    static OrderedDictionary<string, JsonElement> Fields(JsonElement? map)
    {
        var fields = new OrderedDictionary<string, JsonElement>(StringComparer.Ordinal);
        if (Is(map, JsonValueKind.Object))
            foreach (var field in map!.Value.EnumerateObject()) fields[field.Name] = field.Value;
        return fields;
    }

    static JsonElement[] Items(JsonElement list) => [.. list.EnumerateArray()];

    /// <summary>The names of all elements; null where one has none, or two have the same.</summary>
    static List<string>? Names(JsonElement[] items)
    {
        var names = new List<string>();
        foreach (var item in items)
        {
            if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String) return null;
            names.Add(name.GetString()!);
        }
        return names.Distinct().Count() == names.Count ? names : null;
    }

    /// <summary>A key that has dots of its own stands in brackets.</summary>
    static string Below(string path, string key) => path.Length == 0 ? key : key.Contains('.') ? $"{path}[{key}]" : $"{path}.{key}";
}
