using System.Text.Json.Nodes;
using Kube.Server.Kinds.Schemas;

namespace Kube.Server.Custom;

/// <summary>A custom schema as server-side apply sees types: what is owned field by field, item by item, or as a whole.</summary>
static class CustomFieldTypes
{
    const string Package = "custom";

    /// <summary>The type of whole documents.</summary>
    public static StructSchema Of(CustomSchema schema) => Struct(schema, isObject: true);

    static StructSchema Struct(CustomSchema schema, bool isObject)
    {
        var type = new StructSchema(Package, "Object") { IsObject = isObject, IsAtomic = schema.IsAtomicMap, IsOpen = schema.KeepsUnknown };
        var fields = schema.Properties.Where(p => !(isObject && p.Key is "metadata" or "kind" or "apiVersion")).Select(p => Field(p.Key, p.Value, schema)).ToList();
        if (isObject)
            fields.AddRange([new FieldSchema("metadata", new ValueSchema.Struct(SchemaCatalog.ObjectMeta), 0), TypeField("kind"), TypeField("apiVersion")]);
        type.Complete([.. fields.Select((f, i) => f with { Number = i })], []);
        return type;
    }

    static FieldSchema TypeField(string name) => new(name, new ValueSchema.Scalar(ScalarType.String), 0);

    static FieldSchema Field(string name, CustomSchema schema, CustomSchema owner) => new(name, Value(schema), 0)
    {
        Required = owner.Required.Contains(name),
        ListType = schema.ListType,
        MapKeys = schema.MapKeys,
        Atomic = schema.IsAtomicMap,
        Default = schema.Default,
    };

    static ValueSchema Value(CustomSchema schema) => schema switch
    {
        { Type: "array", Items: { } items } => new ValueSchema.List(Value(items)) { ItemField = Field("", items, schema) },
        { Type: "object", Additional: { } additional } => new ValueSchema.Map(Value(additional)) { ItemField = Field("", additional, schema) },
        { IsEmbedded: true } => new ValueSchema.Struct(Struct(schema, isObject: true)),
        { Type: "object" } => new ValueSchema.Struct(Struct(schema, isObject: false)),
        { Type: "", KeepsUnknown: true } => Open,
        { IntOrString: true } => new ValueSchema.Scalar(ScalarType.IntOrString),
        { Type: "integer" } => new ValueSchema.Scalar(ScalarType.Int64),
        { Type: "number" } => new ValueSchema.Scalar(ScalarType.Double),
        { Type: "boolean" } => new ValueSchema.Scalar(ScalarType.Bool),
        _ => new ValueSchema.Scalar(ScalarType.String),
    };

    // Of any form: its objects are taken apart.
    static ValueSchema Open => new ValueSchema.Struct(OpenType);

    static StructSchema OpenType { get; } = new(Package, "Any") { IsOpen = true };
}
