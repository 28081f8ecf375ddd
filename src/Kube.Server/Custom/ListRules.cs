using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Custom;

/// <summary>What a schema may say of how its lists and maps merge.</summary>
static class ListRules
{
    const string ListType = "x-kubernetes-list-type";
    const string MapKeys = "x-kubernetes-list-map-keys";
    const string MapType = "x-kubernetes-map-type";

    public static void Validate(JsonObject schema, FieldPath path, FieldFaults faults)
    {
        ValidateMapType(schema, path, faults);
        var (listType, keys) = (schema.Text(ListType), Texts(schema[MapKeys]));
        var items = schema["items"] as JsonObject ?? [];
        if (listType.Length > 0 && schema.Text("type") != "array")
            faults.Invalid(path.Child("type"), schema.Text("type"), $"must be array if {ListType} is specified");
        if (listType is not ("" or "atomic" or "set" or "map"))
            faults.NotSupported(path.Child(ListType), listType, "atomic", "set", "map");
        if (keys.Count > 0 && listType != "map")
            faults.Invalid(path.Child(ListType), listType, $"must be map if {MapKeys} is non-empty");
        if (listType == "set")
            ValidateSet(items, path.Child("items"), faults);
        if (listType == "map")
            ValidateMap(items, keys, path, faults);
    }

    static void ValidateMapType(JsonObject schema, FieldPath path, FieldFaults faults)
    {
        var mapType = schema.Text(MapType);
        if (mapType.Length > 0 && schema.Text("type") != "object")
            faults.Invalid(path.Child("type"), schema.Text("type"), $"must be object if {MapType} is specified");
        if (mapType is not ("" or "atomic" or "granular"))
            faults.NotSupported(path.Child(MapType), mapType, "atomic", "granular");
    }

    static void ValidateSet(JsonObject items, FieldPath path, FieldFaults faults)
    {
        if (items.Flag("nullable"))
            faults.Forbidden(path.Child("nullable"), $"cannot be nullable when {ListType} is set");
        if (items.Text("type") == "object" && items.Text(MapType) != "atomic")
            faults.Invalid(path.Child(MapType), items.Text(MapType) is { Length: > 0 } type ? type : "null", $"must be atomic as item of a list with {ListType}=set");
        if (items.Text("type") == "array" && items.Text(ListType) is not ("" or "atomic"))
            faults.Invalid(path.Child(ListType), items.Text(ListType), $"must be atomic as item of a list with {ListType}=set");
    }

    static void ValidateMap(JsonObject items, IReadOnlyList<string> keys, FieldPath path, FieldFaults faults)
    {
        if (keys.Count == 0)
            faults.Required(path.Child(MapKeys), $"must not be empty if {ListType} is map");
        if (items.Text("type") != "object")
        {
            faults.Invalid(path.Child("items", "type"), items.Text("type"), $"must be object if parent array's {ListType} is map");
            return;
        }

        if (keys.Distinct().Count() < keys.Count)
            faults.Invalid(path.Child(MapKeys), GoSyntax.Of(keys), "must not contain duplicate entries");
        var properties = items["properties"] as JsonObject ?? [];
        if (keys.Any(k => !properties.ContainsKey(k)))
            faults.Invalid(path.Child(MapKeys), GoSyntax.Of(keys), "entries must all be names of item properties");
        var required = Texts(items["required"]);
        foreach (var key in keys.Distinct())
        {
            if (properties[key] is not JsonObject property)
                continue;
            var at = path.Child("items", "properties").Key(key);
            if (property.Text("type") is "object" or "array")
                faults.Invalid(at.Child("type"), property.Text("type"), $"must be a scalar type if parent array's {ListType} is map");
            if (property["default"] is null && !required.Contains(key))
                faults.Required(at.Child("default"), $"this property is in {MapKeys}, so it must have a default or be a required property");
        }
    }

    static List<string> Texts(JsonNode? list) => [.. (list as JsonArray ?? []).Select(t => t!.ToString())];
}
