using System.Text.Json.Nodes;
using Kube.Server.Kinds.Schemas;

namespace Kube.Server.Api.Apply;

/// <summary>
/// How a value is owned and merged, by its schema: as a whole, field by field, or item by item. Where there is no schema objects are
/// taken apart, and everything else is whole.
/// </summary>
readonly struct FieldType
{
    static readonly FieldType Whole = new(new ValueSchema.Any(), null);

    readonly ValueSchema? _schema;
    readonly FieldSchema? _field;

    FieldType(ValueSchema? schema, FieldSchema? field) => (_schema, _field) = (schema, field);

    /// <param name="schema">The type of a kind; null where none is known.</param>
    public static FieldType Of(StructSchema? schema) => new(schema is null ? null : new ValueSchema.Struct(schema), null);

    /// <summary>Whether it is there even when a document leaves it out.</summary>
    public bool IsAlwaysThere => _field is { Emitted: true };

    /// <summary>Whether the schema says that it is owned as a whole, although it holds fields or items.</summary>
    public bool IsAtomic => _schema switch
    {
        ValueSchema.Struct inner => _field is { Atomic: true } || inner.Type.IsAtomic,
        ValueSchema.Map => _field is { Atomic: true },
        ValueSchema.List => _field?.ListType is not ("map" or "set"),
        _ => false,
    };

    public FieldShape Shape(JsonNode? one, JsonNode? other = null) => _schema switch
    {
        null => (one is JsonObject || other is JsonObject) && one is null or JsonObject && other is null or JsonObject ? FieldShape.Fields : FieldShape.Whole,
        _ when IsAtomic => FieldShape.Whole,
        ValueSchema.Struct or ValueSchema.Map => FieldShape.Fields,
        ValueSchema.List => FieldShape.Items,
        _ => FieldShape.Whole,
    };

    /// <summary>The type of a field, and whether the schema names it.</summary>
    public (FieldType Type, bool Declared) Field(string name) => _schema switch
    {
        ValueSchema.Struct inner when inner.Type.Find(name) is { } field => (new FieldType(field.Value, field), true),
        ValueSchema.Struct { Type.IsOpen: true } => (default, false),
        ValueSchema.Struct => (Whole, true),
        ValueSchema.Map map => (new FieldType(map.Item, map.ItemField), false),
        _ => (default, false),
    };

    /// <summary>The type of a list's items.</summary>
    public FieldType Item => _schema is ValueSchema.List list ? new(list.Item, list.ItemField) : default;

    /// <summary>The step to an item of a list; null where the item lacks one of its keys.</summary>
    public PathElement? Step(JsonNode? item)
    {
        if (_field!.ListType == "set")
            return PathElement.Value(item);
        if (item is not JsonObject map)
            return null;
        var keys = new KeyValuePair<string, JsonNode?>[_field.MapKeys.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            var name = _field.MapKeys[i];
            if ((map[name] ?? Item.DefaultOf(name)) is not { } value)
                return null;
            keys[i] = KeyValuePair.Create(name, (JsonNode?)value);
        }

        return PathElement.Key(keys);
    }

    /// <summary>The first key that an item lacks.</summary>
    public string MissingKey(JsonNode? item)
    {
        var type = Item;
        return _field!.MapKeys.First(k => (item as JsonObject)?[k] is null && type.DefaultOf(k) is null);
    }

    JsonNode? DefaultOf(string name) => (_schema as ValueSchema.Struct)?.Type.Find(name)?.Default;
}

/// <summary>How a value falls apart.</summary>
enum FieldShape
{
    /// <summary>Not at all: one manager owns all of it.</summary>
    Whole,

    /// <summary>Into fields, each owned by itself.</summary>
    Fields,

    /// <summary>Into items that are told apart by keys or by their values.</summary>
    Items,
}
