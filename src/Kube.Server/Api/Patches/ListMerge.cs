using System.Text.Json.Nodes;
using Kube.Server.Kinds.Schemas;

namespace Kube.Server.Api.Patches;

/// <summary>How a strategic merge patch merges lists: plain values as a set, objects by a key.</summary>
static class ListMerge
{
    /// <param name="key">The field that tells objects apart; empty for plain values.</param>
    /// <exception cref="StatusException">BadRequest: an item lacks its key, or its directive is none.</exception>
    public static JsonArray Apply(JsonArray present, JsonArray patch, string key, StructSchema? type)
    {
        if (key.Length == 0)
            return Order(Union(present, patch), patch, present, key);
        var (changes, kept, replaces) = Sort(patch, present, key);
        if (replaces)
            return new JsonArray([.. changes.Select(StrategicMergePatch.Clean)]);
        var merged = kept.Select(i => i?.DeepClone()).ToList();
        foreach (var change in changes)
        {
            var at = merged.FindIndex(m => Same(m, Identity(change, key), key));
            if (at < 0)
                merged.Add(StrategicMergePatch.Clean(change));
            else
                merged[at] = StrategicMergePatch.Apply((JsonObject)merged[at]!, change, type);
        }

        return Order(new JsonArray([.. merged]), new JsonArray([.. changes.Select(c => c.DeepClone())]), present, key);
    }

    /// <summary>
    /// Puts the items that an order names into that order and weaves the rest in where the live list has them. Items that the live list
    /// does not know go after those that the order names before them.
    /// </summary>
    public static JsonArray Order(JsonArray merged, JsonArray order, JsonArray live, string key)
    {
        // Stable sorts: items with the same key, as ports of two protocols, stay as they are among themselves.
        var named = merged.Where(m => Index(order, m, key) >= 0).OrderBy(m => Index(order, m, key)).ToList();
        var others = merged.Where(m => Index(order, m, key) < 0).OrderBy(m => Index(live, m, key) is >= 0 and var at ? at : int.MaxValue).ToList();
        var woven = new List<JsonNode?>(merged.Count);
        var (next, other) = (0, 0);
        while (next < named.Count || other < others.Count)
        {
            var takesOther = other < others.Count && (next == named.Count || Precedes(live, others[other], named[next], key));
            woven.Add((takesOther ? others[other++] : named[next++])?.DeepClone());
        }

        return new JsonArray([.. woven]);
    }

    /// <summary>Whether the items of a patch come in the order that the patch itself says; those that it deletes do not count.</summary>
    /// <exception cref="StatusException">BadRequest: they do not.</exception>
    public static void CheckOrder(JsonArray patch, JsonArray order, string field, string key)
    {
        var at = 0;
        foreach (var item in patch.Where(i => Directive(i) is null))
        {
            if (order.Count == 0)
                return;
            while (at < order.Count && !SameItem(order[at], item, key))
                at++;
            if (at++ == order.Count)
                throw Failures.BadRequest($"The order in the patch's list {field} doesn't match {StrategicMergePatch.SetElementOrder}{field}");
        }
    }

    // What is deleted goes before anything is merged, wherever the patch says so.
    static (List<JsonObject> Changes, List<JsonNode?> Kept, bool Replaces) Sort(JsonArray patch, JsonArray present, string key)
    {
        var (changes, kept, replaces) = (new List<JsonObject>(), present.ToList(), false);
        foreach (var item in patch)
        {
            var change = item as JsonObject ?? throw Failures.BadRequest($"an item of a list that merges by {key} must be an object");
            switch (Directive(change))
            {
                case null:
                    changes.Add(change);
                    break;
                case "delete":
                    var gone = Identity(change, key);
                    kept.RemoveAll(k => Same(k, gone, key));
                    break;
                case "replace":
                    replaces = true;
                    break;
                case "merge":
                    throw Failures.BadRequest("merging lists cannot yet be specified in the patch");
                case var other:
                    throw StrategicMergePatch.UnknownDirective(other);
            }
        }

        return (changes, kept, replaces);
    }

    static bool Precedes(JsonArray live, JsonNode? left, JsonNode? right, string key) =>
        (Index(live, left, key), Index(live, right, key)) is (>= 0 and var a, >= 0 and var b) && a < b;

    static JsonArray Union(JsonArray present, JsonArray patch)
    {
        var union = new JsonArray();
        foreach (var item in present.Concat(patch))
        {
            if (!union.Any(u => JsonNode.DeepEquals(u, item)))
                union.Add(item?.DeepClone());
        }

        return union;
    }

    static int Index(JsonArray list, JsonNode? item, string key)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (SameItem(list[i], item, key))
                return i;
        }

        return -1;
    }

    static bool SameItem(JsonNode? left, JsonNode? right, string key) =>
        key.Length == 0 ? JsonNode.DeepEquals(left, right) : right is JsonObject map && Same(left, map[key], key);

    static bool Same(JsonNode? item, JsonNode? identity, string key) => item is JsonObject map && JsonNode.DeepEquals(map[key], identity);

    static JsonNode Identity(JsonObject item, string key) =>
        item[key] ?? throw Failures.BadRequest($"map: {item.ToJsonString(JsonText.NodeOptions)} does not contain declared merge key: {key}");

    static string? Directive(JsonNode? item) => (item as JsonObject)?[StrategicMergePatch.Directive]?.ToString();
}
