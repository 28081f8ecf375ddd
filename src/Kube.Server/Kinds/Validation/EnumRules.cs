using System.Text.Json.Nodes;
using Kube.Server.Kinds.Schemas;

namespace Kube.Server.Kinds.Validation;

/// <summary>Every field with a fixed set of values, wherever it stands: what the schema knows needs no rule of its own.</summary>
static class EnumRules
{
    /// <summary>Checks all but the status, which agents and controllers write. A field that has a fault already gets no second one.</summary>
    public static void Validate(JsonObject document, StructSchema schema, FieldFaults faults)
    {
        foreach (var field in schema.Fields)
        {
            if (field.Name is not ("metadata" or "status") && document[field.Name] is { } value)
                Validate(value, field.Value, FieldPath.Root(field.Name), faults);
        }
    }

    static void Validate(JsonNode value, ValueSchema schema, FieldPath path, FieldFaults faults)
    {
        switch (schema, value)
        {
            case (ValueSchema.Scalar { Enum: { } values }, JsonValue scalar):
                var text = scalar.ToString();
                if (text.Length > 0 && !values.Values.Contains(text) && !faults.Covers(path))
                    faults.NotSupported(path, text, [.. values.Values.Where(v => v.Length > 0).Order(StringComparer.Ordinal)]);
                break;
            case (ValueSchema.Struct inner, JsonObject map):
                foreach (var field in inner.Type.Fields)
                {
                    if (map[field.Name] is { } child)
                        Validate(child, field.Value, path.Child(field.Name), faults);
                }

                break;
            case (ValueSchema.List list, JsonArray items):
                for (var i = 0; i < items.Count; i++)
                {
                    if (items[i] is { } item)
                        Validate(item, list.Item, path.Index(i), faults);
                }

                break;
            case (ValueSchema.Map map, JsonObject entries):
                foreach (var (key, entry) in entries)
                {
                    if (entry is not null)
                        Validate(entry, map.Item, path.Key(key), faults);
                }

                break;
        }
    }
}
