using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Custom;

/// <summary>What holds for objects within custom resources: they have a kind, an apiVersion, and metadata like any object's.</summary>
static class EmbeddedRules
{
    public static void Validate(JsonNode? value, CustomSchema schema, string at, FieldFaults faults)
    {
        switch (value)
        {
            case JsonObject map:
                if (schema.IsEmbedded && at.Length > 0)
                    ValidateObject(map, FieldPath.Root(at), faults);
                foreach (var (name, inner) in map)
                {
                    if (schema.Properties.GetValueOrDefault(name) is { } property)
                        Validate(inner, property, at.Length == 0 ? name : $"{at}.{name}", faults);
                    else if (schema.Additional is { } additional)
                        Validate(inner, additional, $"{at}[{name}]", faults);
                }

                break;
            case JsonArray list when schema.Items is { } items:
                for (var i = 0; i < list.Count; i++)
                    Validate(list[i], items, $"{at}[{i}]", faults);
                break;
        }
    }

    // Of what kind it is nobody knows here: its name must stand in a path, and no more.
    static List<string> SegmentFaults(string name) => name is "." or ".."
        ? [$"may not be '{name}'"]
        : [.. new[] { '/', '%' }.Where(name.Contains).Select(c => $"may not contain '{c}'")];

    public static void ValidateObject(JsonObject map, FieldPath path, FieldFaults faults)
    {
        var (apiVersion, kind) = (map.Text("apiVersion"), map.Text("kind"));
        if (apiVersion.Length == 0)
            faults.Required(path.Child("apiVersion"), "must not be empty");
        else if (apiVersion.Split('/').Length > 2)
            faults.Invalid(path.Child("apiVersion"), apiVersion, $"unexpected GroupVersion string: {apiVersion}");
        if (kind.Length == 0)
            faults.Required(path.Child("kind"), "must not be empty");
        else
            faults.Invalid(path.Child("kind"), kind, DefinitionRules.KindFaults(kind));
        if (map["metadata"] is JsonObject metadata)
        {
            var at = path.Child("metadata");
            if (metadata.Text("name") is { Length: > 0 } name)
                faults.Invalid(at.Child("name"), name, SegmentFaults(name));
            MetadataRules.ValidateLabels(metadata["labels"] as JsonObject, at.Child("labels"), faults);
            MetadataRules.ValidateAnnotations(metadata["annotations"] as JsonObject, at.Child("annotations"), faults);
        }
    }
}
