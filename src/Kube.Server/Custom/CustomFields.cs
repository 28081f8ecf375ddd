using System.Text.Json.Nodes;

namespace Kube.Server.Custom;

/// <summary>Fills in and takes out fields of custom resources, as their schema says. Pure.</summary>
/// <remarks>https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#field-pruning, #defaulting</remarks>
static class CustomFields
{
    static readonly string[] OwnOfObjects = ["apiVersion", "kind", "metadata"];

    /// <summary>Takes out the fields that the schema does not know.</summary>
    /// <returns>Their paths.</returns>
    public static IReadOnlyList<string> Prune(JsonObject document, CustomSchema schema)
    {
        var pruned = new List<string>();
        Prune(document, schema, "", isObject: true, pruned);
        return pruned;
    }

    /// <summary>Sets what is missing to its default.</summary>
    public static void SetDefaults(JsonNode? value, CustomSchema schema)
    {
        switch (value)
        {
            case JsonObject map:
                foreach (var (name, property) in schema.Properties)
                {
                    if (property.Default is { } preset && (!map.TryGetPropertyValue(name, out var present) || IsNothing(present, property)))
                        map[name] = preset.DeepClone();
                }

                foreach (var name in map.Select(f => f.Key).ToList())
                {
                    if ((schema.Properties.GetValueOrDefault(name) ?? schema.Additional) is not { } inner)
                        continue;
                    if (IsNothing(map[name], inner) && inner.Default is { } preset)
                        map[name] = preset.DeepClone();
                    SetDefaults(map[name], inner);
                }

                break;
            case JsonArray list when schema.Items is { } items:
                for (var i = 0; i < list.Count; i++)
                {
                    if (IsNothing(list[i], items) && items.Default is { } preset)
                        list[i] = preset.DeepClone();
                    SetDefaults(list[i], items);
                }

                break;
        }
    }

    /// <summary>Takes out the nulls of fields that may not be null: they count as missing.</summary>
    public static void DropNulls(JsonNode? value, CustomSchema schema)
    {
        switch (value)
        {
            case JsonObject map:
                foreach (var (name, present) in map.ToList())
                {
                    if ((schema.Properties.GetValueOrDefault(name) ?? schema.Additional) is not { } inner)
                        continue;
                    if (IsNothing(present, inner) && inner.Default is null)
                        map.Remove(name);
                    else
                        DropNulls(present, inner);
                }

                break;
            case JsonArray list when schema.Items is { } items:
                foreach (var item in list)
                    DropNulls(item, items);
                break;
        }
    }

    static bool IsNothing(JsonNode? value, CustomSchema schema) => value is null && !schema.Nullable;

    // No schema: nothing within is known.
    static void Prune(JsonNode? value, CustomSchema? schema, string path, bool isObject, List<string> pruned)
    {
        switch (value)
        {
            case JsonObject map:
                foreach (var (name, inner) in map.ToList())
                {
                    if (isObject && OwnOfObjects.Contains(name))
                        continue;
                    var at = path.Length == 0 ? name : path + "." + name;
                    if (schema?.Properties.GetValueOrDefault(name) is { } property)
                        Prune(inner, property, at, property.IsEmbedded, pruned);
                    else if (schema is { AllowsAdditional: true })
                        Prune(inner, schema.Additional, at, schema.Additional is { IsEmbedded: true }, pruned);
                    else if (schema is not { KeepsUnknown: true })
                        Remove(map, name, at, pruned);
                }

                break;
            case JsonArray list when schema is not { KeepsUnknown: true, Items: null }:
                for (var i = 0; i < list.Count; i++)
                    Prune(list[i], schema?.Items, $"{path}[{i}]", schema?.Items is { IsEmbedded: true }, pruned);
                break;
        }
    }

    static void Remove(JsonObject map, string name, string path, List<string> pruned)
    {
        map.Remove(name);
        pruned.Add(path);
    }
}
