using System.Text.Json.Nodes;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Custom;

/// <summary>What a default must be: a value that its own schema takes, whole.</summary>
static class DefaultRules
{
    public static void Validate(CustomSchema schema, FieldPath path, bool isRoot, FieldFaults faults)
    {
        if (schema.Default is { } preset)
            ValidateDefault(preset, schema, path.Child("default"), isRoot, faults);
        if (schema.Items is { } items)
            Validate(items, path.Child("items"), isRoot: false, faults);
        if (schema.Additional is { } additional)
            Validate(additional, path.Child("additionalProperties"), isRoot: false, faults);
        foreach (var (name, property) in schema.Properties)
            Validate(property, path.Child("properties").Key(name), isRoot: false, faults);
    }

    static void ValidateDefault(JsonNode preset, CustomSchema schema, FieldPath path, bool isRoot, FieldFaults faults)
    {
        if (preset is JsonObject map && CustomFields.Prune(map.DeepClone().AsObject(), schema).Count > 0)
        {
            faults.Invalid(path, GoSyntax.Of(preset), "must not have unknown fields");
            return;
        }

        var found = new FieldFaults();
        CustomRules.Validate(preset, schema, "", found);
        if (preset is JsonObject whole && (isRoot || schema.IsEmbedded))
            EmbeddedRules.ValidateObject(whole, FieldPath.Root(""), found);
        faults.AddBelow(path, found);
    }
}
