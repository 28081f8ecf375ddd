using System.Text.Json.Nodes;

namespace Kube.Server.Api.Apply;

/// <summary>Lays what is applied over what is there, and takes away what nobody wants any more.</summary>
static class FieldMerge
{
    public static JsonObject Merge(FieldType type, JsonObject live, JsonObject applied) =>
        (JsonObject)Merge(type, DocumentPart.Of(live), DocumentPart.Of(applied))!;

    /// <summary>A value without some of its paths. What has nothing left goes, too.</summary>
    public static JsonNode? Remove(FieldType type, JsonNode? value, FieldSet paths) => (type.Shape(value), value) switch
    {
        (FieldShape.Fields, JsonObject map) => RemoveFields(type, map, paths),
        (FieldShape.Items, JsonArray list) when ListItems.Read(type, list) is { } items => RemoveItems(type, list, items, paths),
        _ => value?.DeepClone(),
    };

    static JsonNode? Merge(FieldType type, DocumentPart live, DocumentPart applied)
    {
        if (!applied.Present)
            return live.Value?.DeepClone();
        var shape = live.IsBare ? FieldShape.Whole : type.Shape(live.Value, applied.Value);
        return (shape, live.Value, applied.Value) switch
        {
            (FieldShape.Fields or FieldShape.Items, _, null) => live.Value?.DeepClone(),
            (FieldShape.Fields, JsonObject one, JsonObject other) => MergeFields(type, one, other),
            (FieldShape.Items, JsonArray one, JsonArray other) => MergeItems(type, one, other),
            _ => applied.Value?.DeepClone(),
        };
    }

    static JsonObject MergeFields(FieldType type, JsonObject live, JsonObject applied)
    {
        var merged = new JsonObject();
        foreach (var (name, value) in live)
            merged.Add(name, applied.ContainsKey(name) ? MergeField(name) : value?.DeepClone());
        foreach (var (name, _) in applied)
        {
            if (!live.ContainsKey(name))
                merged.Add(name, MergeField(name));
        }

        return merged;

        JsonNode? MergeField(string name)
        {
            var (inner, _) = type.Field(name);
            return Merge(inner, DocumentPart.Of(live).Field(name, inner), DocumentPart.Of(applied).Field(name, inner));
        }
    }

    // The applied list says how its own items follow each other; the others keep their places before and after their neighbours.
    static JsonArray MergeItems(FieldType type, JsonArray live, JsonArray applied)
    {
        if (ListItems.Read(type, live) is not { } there || ListItems.Read(type, applied) is not { } wanted)
            return (JsonArray)applied.DeepClone();
        var shared = new Queue<PathElement>(wanted.Steps.Where(there.Has));
        var done = new HashSet<PathElement>();
        var merged = new JsonArray();
        for (int i = 0, next = 0; i < live.Count || next < applied.Count;)
        {
            if (i < live.Count && !wanted.Has(there.Steps[i]))
            {
                merged.Add(live[i++]?.DeepClone());
            }
            else if (i < live.Count && (done.Contains(there.Steps[i]) || (shared.TryPeek(out var due) && due != there.Steps[i])))
            {
                i++; // it has its place by the applied list's order
            }
            else
            {
                var step = wanted.Steps[next];
                merged.Add(Merge(type.Item, there.Single(step), DocumentPart.Of(applied[next++])));
                done.Add(step);
                if (shared.TryPeek(out var front) && front == step)
                    shared.Dequeue();
            }
        }

        return merged;
    }

    static JsonObject? RemoveFields(FieldType type, JsonObject map, FieldSet paths)
    {
        var kept = new JsonObject();
        foreach (var (name, value) in map)
        {
            switch (paths.Find(PathElement.Field(name)))
            {
                case null:
                    kept.Add(name, value?.DeepClone());
                    break;
                case { IsMember: false } below when Remove(type.Field(name).Type, value, below) is { } rest:
                    kept.Add(name, rest);
                    break;
            }
        }

        return kept.Count > 0 ? kept : null;
    }

    static JsonArray? RemoveItems(FieldType type, JsonArray list, ListItems items, FieldSet paths)
    {
        var kept = new JsonArray();
        for (var i = 0; i < list.Count; i++)
        {
            switch (paths.Find(items.Steps[i]))
            {
                case null:
                    kept.Add(list[i]?.DeepClone());
                    break;
                case { IsMember: false } below when Remove(type.Item, list[i], below) is { } rest:
                    kept.Add(rest);
                    break;
            }
        }

        return kept.Count > 0 ? kept : null;
    }
}
