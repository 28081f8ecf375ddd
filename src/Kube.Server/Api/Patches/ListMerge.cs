using System.Text.Json.Nodes;
using Kube.Server.Kinds.Schemas;

namespace Kube.Server.Api.Patches;

/// <summary>How a strategic merge patch merges lists: plain values as a set, objects by a key.</summary>
internal static class ListMerge
{
    /// <param name="key">The field that tells objects apart; empty for plain values.</param>
    public static JsonArray Apply(JsonArray present, JsonArray patch, string key, StructSchema? type)
    {
        if (patch.Any(i => Directive(i) == "replace"))
            return new JsonArray([.. patch.Where(i => Directive(i) is null).Select(StrategicMergePatch.Clean)]);
        if (key.Length == 0)
            return Order(Union(present, patch), patch, present, key);
        var merged = present.Select(i => i?.DeepClone()).ToList();
        foreach (var item in patch)
        {
            var changes = item as JsonObject ?? throw Failures.BadRequest($"an item of a list that merges by {key} must be an object");
            var at = merged.FindIndex(m => Same(m, Identity(changes, key), key));
            if (Directive(changes) == "delete")
                merged.RemoveAll(m => Same(m, Identity(changes, key), key));
            else if (at < 0)
                merged.Add(StrategicMergePatch.Clean(changes));
            else
                merged[at] = StrategicMergePatch.Apply((JsonObject)merged[at]!, changes, type);
        }

        return Order(new JsonArray([.. merged]), [.. patch.Where(i => Directive(i) != "delete").Select(i => i?.DeepClone())], present, key);
    }

    /// <summary>
    /// Puts the items that an order names into that order and weaves the rest in where the live list has them. Items that the live list
    /// does not know go after those that the order names before them.
    /// </summary>
    public static JsonArray Order(JsonArray merged, JsonArray order, JsonArray live, string key)
    {
        var named = new List<JsonNode?>();
        foreach (var wanted in order)
        {
            var found = merged.FirstOrDefault(m => SameItem(m, wanted, key));
            if (found is not null && !named.Contains(found))
                named.Add(found);
        }

        var others = merged.Where(m => !named.Contains(m)).OrderBy(m => Index(live, m, key) is >= 0 and var at ? at : int.MaxValue).ToList();
        var woven = new List<JsonNode?>(merged.Count);
        var (next, other) = (0, 0);
        while (next < named.Count || other < others.Count)
        {
            var takesOther = other < others.Count && (next == named.Count || Precedes(live, others[other], named[next], key));
            woven.Add((takesOther ? others[other++] : named[next++])?.DeepClone());
        }

        return new JsonArray([.. woven]);
    }

    private static bool Precedes(JsonArray live, JsonNode? left, JsonNode? right, string key) =>
        (Index(live, left, key), Index(live, right, key)) is (>= 0 and var a, >= 0 and var b) && a < b;

    private static JsonArray Union(JsonArray present, JsonArray patch)
    {
        var union = new JsonArray([.. present.Select(i => i?.DeepClone())]);
        foreach (var item in patch)
        {
            if (!union.Any(u => JsonNode.DeepEquals(u, item)))
                union.Add(item?.DeepClone());
        }

        return union;
    }

    private static int Index(JsonArray list, JsonNode? item, string key)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (SameItem(list[i], item, key))
                return i;
        }

        return -1;
    }

    private static bool SameItem(JsonNode? left, JsonNode? right, string key) =>
        key.Length == 0 ? JsonNode.DeepEquals(left, right) : right is JsonObject map && Same(left, map[key], key);

    private static bool Same(JsonNode? item, JsonNode? identity, string key) => item is JsonObject map && JsonNode.DeepEquals(map[key], identity);

    private static JsonNode Identity(JsonObject item, string key) =>
        item[key] ?? throw Failures.BadRequest($"map: {item.ToJsonString(JsonText.NodeOptions)} does not contain declared merge key: {key}");

    private static string? Directive(JsonNode? item) => (item as JsonObject)?[StrategicMergePatch.Directive]?.ToString();
}
