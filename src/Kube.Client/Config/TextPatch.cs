using System.Text.Json.Nodes;
using Kube.Manifests;

namespace Kube.Config;

/// <summary>Makes the text of one document say another, changing only what differs: comments, order, style and line ends stay. Pure.</summary>
/// <remarks>Items of lists are known by their <c>name</c>. One difference is mended at a time, so that no place is out of date.</remarks>
static class TextPatch
{
    /// <param name="text">The text, YAML or JSON.</param>
    /// <param name="outline">Where its nodes stand.</param>
    /// <param name="before">What it says.</param>
    /// <param name="after">What it is to say.</param>
    /// <returns>The text with one difference less; null where there is none.</returns>
    public static string? Step(string text, TextNode outline, JsonNode? before, JsonNode? after) => new Patch(new TextLayout(text)).Node(outline, before, after);

    sealed class Patch(TextLayout layout)
    {
        public string? Node(TextNode at, JsonNode? before, JsonNode? after) => (at, before, after) switch
        {
            _ when JsonNode.DeepEquals(before, after) => null,
            (TextMapping map, JsonObject was, JsonObject wanted) => Mapping(map, was, wanted),
            (TextList list, JsonArray was, JsonArray wanted) => List(list, was, wanted),
            _ => layout.Replace(at.Start, at.End, TextLayout.Inline(after, at.IsFlow)),
        };

        string? Mapping(TextMapping map, JsonObject was, JsonObject wanted)
        {
            foreach (var entry in map.Entries)
            {
                if (!was.ContainsKey(entry.Name)) continue;
                if (!wanted.ContainsKey(entry.Name)) return map.Entries.Count == 1 ? layout.Replace(map.Start, map.End, "{}") : RemoveEntry(map, entry);
                if (JsonNode.DeepEquals(was[entry.Name], wanted[entry.Name])) continue;
                return IsReplaced(entry.Value, was[entry.Name], wanted[entry.Name])
                    ? ReplaceValue(map, entry, wanted[entry.Name]) : Node(entry.Value, was[entry.Name], wanted[entry.Name]);
            }
            var (name, value) = wanted.First(e => !was.ContainsKey(e.Key));
            return map.IsFlow ? layout.InsertInFlow(map.Start, map.End, map.Entries.Count > 0 ? map.Entries[0].Key.Start : null, $"{TextLayout.Quoted(name)}: {TextLayout.Json(value)}")
                : layout.InsertLines(map.End, layout.Block(name, value, layout.Column(map.Start)));
        }

        string? List(TextList list, JsonArray was, JsonArray wanted)
        {
            for (var i = 0; i < list.Items.Count; i++)
            {
                var same = wanted.FirstOrDefault(w => NameOf(w) == NameOf(was[i]));
                if (same is null) return list.Items.Count == 1 ? layout.Collapse(list.Start, list.End, "[]") : RemoveItem(list, i);
                if (Node(list.Items[i], was[i], same) is { } changed) return changed;
            }
            var added = wanted.First(w => was.All(b => NameOf(b) != NameOf(w)));
            return list.IsFlow ? layout.AppendInFlow(list.Start, list.End, list.Items.Count > 0 ? list.Items[0].Start : null, list.Items.Count > 0 ? list.Items[^1].End : null, TextLayout.Json(added))
                : layout.InsertLines(list.End, layout.Item(added, layout.Column(list.Start)));
        }

        // A value of a block that becomes a mapping or list, or stops being one, changes its shape with its lines.
        static bool IsReplaced(TextNode at, JsonNode? was, JsonNode? wanted) =>
            !at.IsFlow && (at, was, wanted) is not ((TextMapping, JsonObject, JsonObject) or (TextList, JsonArray, JsonArray) or (TextScalar, _, JsonValue or null))
            || (at is TextMapping { Entries.Count: 0 } or TextList { Items.Count: 0 });

        string ReplaceValue(TextMapping map, TextEntry entry, JsonNode? wanted)
        {
            if (map.IsFlow) return layout.Replace(entry.Value.Start, entry.Value.End, TextLayout.Json(wanted));
            var colon = layout.Text.IndexOf(':', entry.Key.End) + 1;
            return layout.Replace(colon, Math.Max(colon, entry.Value.End), layout.BlockValue(wanted, layout.Column(entry.Key.Start)));
        }

        string RemoveEntry(TextMapping map, TextEntry entry)
        {
            var index = map.Entries.TakeWhile(e => e != entry).Count();
            if (map.IsFlow) return RemoveInFlow(index, map.Entries.Count, i => map.Entries[i].Key.Start, i => map.Entries[i].Value.End);
            // What shares its line with a dash goes up to the next key, which then stands in its place.
            return index == 0 ? layout.Replace(entry.Key.Start, map.Entries[1].Key.Start, "") : layout.RemoveLines(entry.Key.Start, entry.Value.End);
        }

        string RemoveItem(TextList list, int index) => list.IsFlow
            ? RemoveInFlow(index, list.Items.Count, i => list.Items[i].Start, i => list.Items[i].End)
            : layout.RemoveLines(layout.DashOf(list.Items[index].Start, layout.Column(list.Start)), list.Items[index].End);

        string RemoveInFlow(int index, int count, Func<int, int> start, Func<int, int> end) =>
            index + 1 < count ? layout.Replace(start(index), start(index + 1), "") : layout.Replace(end(index - 1), end(index), "");

        static string? NameOf(JsonNode? item) => item is JsonObject map && map["name"] is JsonValue value && value.TryGetValue<string>(out var name) ? name : item?.ToJsonString();
    }
}
