using System.Text.Json.Nodes;
using Kube.Server.Kinds.Schemas;

namespace Kube.Server.Api.Patches;

/// <summary>
/// Kubernetes' own merge patch: as a merge patch, but lists merge by a key where the schema says so, and directives
/// (<c>$patch</c>, <c>$retainKeys</c>, <c>$setElementOrder/…</c>, <c>$deleteFromPrimitiveList/…</c>) do what a plain merge cannot say.
/// The rules are those of apimachinery's <c>pkg/util/strategicpatch</c>.
/// </summary>
static class StrategicMergePatch
{
    internal const string Directive = "$patch";
    const string RetainKeys = "$retainKeys";
    internal const string SetElementOrder = "$setElementOrder/";
    const string DeleteFromList = "$deleteFromPrimitiveList/";

    /// <summary>Changes a document in place and returns it.</summary>
    /// <param name="schema">The type of the document; null below what is free of form.</param>
    /// <exception cref="StatusException">BadRequest: a directive is malformed or a list's item lacks its key.</exception>
    public static JsonObject Apply(JsonObject document, JsonObject patch, StructSchema? schema)
    {
        switch (patch[Directive]?.ToString())
        {
            case null:
                break;
            case "replace":
                return WithoutDirectives(patch);
            case "delete":
                return [];
            case var other:
                throw UnknownDirective(other);
        }

        Retain(document, patch);
        CheckOrders(document, patch, schema);
        var before = patch.Where(p => IsOrder(p.Key)).ToDictionary(p => p.Key[SetElementOrder.Length..], p => document[p.Key[SetElementOrder.Length..]]?.DeepClone());
        foreach (var (name, value) in patch)
        {
            if (!IsDirective(name))
                ApplyField(document, name, value, schema?.Find(name));
        }

        foreach (var (name, live) in before)
            Order(document, name, (JsonArray)patch[SetElementOrder + name]!, live as JsonArray ?? [], schema?.Find(name));
        DeleteFromLists(document, patch);
        return document;
    }

    internal static StatusException UnknownDirective(string directive) => Failures.BadRequest($"unknown patch directive: {Directive}: {directive}");

    /// <summary>A value of a patch as a document has it.</summary>
    public static JsonNode? Clean(JsonNode? value) => value switch
    {
        JsonObject map => WithoutDirectives(map),
        JsonArray list => new JsonArray([.. list.Where(i => i is not JsonObject o || o[Directive]?.ToString() is null or "merge").Select(Clean)]),
        _ => value?.DeepClone(),
    };

    static void ApplyField(JsonObject document, string name, JsonNode? value, FieldSchema? field)
    {
        switch (value, document[name])
        {
            case (null, _):
                document.Remove(name);
                break;
            case (JsonObject changes, JsonObject present) when !Replaces(field):
                document[name] = Detach(Apply(present, changes, (field?.Value as ValueSchema.Struct)?.Type));
                break;
            case (JsonArray changes, JsonArray present) when Merges(field):
                document[name] = ListMerge.Apply(present, changes, field!.PatchMergeKey, ItemType(field));
                break;
            case (JsonArray changes, _) when Merges(field) && field!.PatchMergeKey.Length > 0:
                document[name] = ListMerge.Apply([], changes, field.PatchMergeKey, ItemType(field));
                break;
            case (JsonArray items, _) when field is not null && !Merges(field):
                // No merging means no directives either: an item of which one is said is an item.
                document[name] = new JsonArray([.. items.Select(Clean)]);
                break;
            default:
                document[name] = Clean(value);
                break;
        }
    }

    static void Retain(JsonObject document, JsonObject patch)
    {
        if (patch[RetainKeys] is not { } directive)
            return;
        var kept = (directive as JsonArray)?.Select(k => k?.ToString() ?? "").ToHashSet()
            ?? throw Failures.BadRequest("invalid patch format of retainKeys");
        if (patch.Any(p => p.Value is not null && !IsDirective(p.Key) && !kept.Contains(p.Key)))
            throw Failures.BadRequest("invalid patch format of retainKeys");
        foreach (var name in document.Select(f => f.Key).Where(f => !kept.Contains(f)).ToList())
            document.Remove(name);
    }

    static void DeleteFromLists(JsonObject document, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (!name.StartsWith(DeleteFromList, StringComparison.Ordinal))
                continue;
            var gone = value as JsonArray ?? throw Failures.BadRequest("invalid patch format of primitive list");
            if (document[name[DeleteFromList.Length..]] is JsonArray list)
                list.RemoveAll(item => gone.Any(g => JsonNode.DeepEquals(g, item)));
        }
    }

    static void CheckOrders(JsonObject document, JsonObject patch, StructSchema? schema)
    {
        foreach (var (name, order) in patch.Where(p => IsOrder(p.Key)))
        {
            var field = name[SetElementOrder.Length..];
            RequireList(order);
            if (document.TryGetPropertyValue(field, out var live))
                RequireList(live);
            if (patch.TryGetPropertyValue(field, out var changes))
            {
                RequireList(changes);
                ListMerge.CheckOrder((JsonArray)changes!, (JsonArray)order!, field, schema?.Find(field)?.PatchMergeKey ?? "");
            }
        }
    }

    static void RequireList(JsonNode? value)
    {
        if (value is not JsonArray)
            throw Failures.BadRequest($"expected a list, but received {(value is null ? "null" : value.GetValueKind().ToString().ToLowerInvariant())}");
    }

    static void Order(JsonObject document, string name, JsonArray order, JsonArray live, FieldSchema? field)
    {
        if (document[name] is JsonArray merged && Merges(field))
            document[name] = ListMerge.Order(merged, order, live, field!.PatchMergeKey);
    }

    static JsonObject WithoutDirectives(JsonObject map)
    {
        var clean = new JsonObject();
        foreach (var (name, value) in map)
        {
            if (!IsDirective(name) && value is not null)
                clean[name] = Clean(value);
        }

        return clean;
    }

    // A node can have one parent alone; what was changed in place already has its own.
    static JsonNode Detach(JsonNode node) => node.Parent is null ? node : node.DeepClone();

    static bool IsDirective(string name) => name is Directive or RetainKeys || IsOrder(name) || name.StartsWith(DeleteFromList, StringComparison.Ordinal);

    static bool IsOrder(string name) => name.StartsWith(SetElementOrder, StringComparison.Ordinal);

    static bool Merges(FieldSchema? field) => field?.PatchStrategies.Contains("merge") == true;

    static bool Replaces(FieldSchema? field) => field?.PatchStrategies.Contains("replace") == true;

    static StructSchema? ItemType(FieldSchema field) => ((field.Value as ValueSchema.List)?.Item as ValueSchema.Struct)?.Type;
}
