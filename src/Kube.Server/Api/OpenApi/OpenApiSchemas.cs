using System.Text.Json.Nodes;
using Kube.Server.Custom;
using Kube.Server.Kinds;
using Kube.Server.Kinds.Schemas;

namespace Kube.Server.Api.OpenApi;

/// <summary>The schemas of a document: every type that was referred to, and what those refer to.</summary>
sealed class OpenApiSchemas
{
    const string Prefix = "#/components/schemas/";
    const string Meta = "io.k8s.apimachinery.pkg.apis.meta.v1.";

    readonly SortedDictionary<string, JsonObject> _written = new(StringComparer.Ordinal);
    readonly Queue<StructSchema> _waiting = new();
    readonly HashSet<StructSchema> _known = [];
    readonly Dictionary<StructSchema, KindDefinition> _kinds = [];

    /// <summary>A reference to a kind's schema; of a kind without one, any object.</summary>
    public JsonObject Reference(KindDefinition kind)
    {
        if (kind.Custom is not null)
        {
            var custom = CustomName(kind);
            if (!_written.ContainsKey(custom))
                _written[custom] = Custom(kind, kind.Custom);
            return new JsonObject { ["$ref"] = Prefix + custom };
        }

        if (kind.Schema is not { } schema)
            return Type("object");
        _kinds.TryAdd(schema, kind);
        return Reference(schema);
    }

    public JsonObject ListReference(KindDefinition kind)
    {
        if (kind is { Schema: null, Custom: null })
            return Type("object");
        var name = (kind.Custom is not null ? CustomName(kind) : NameOf(kind.Schema!)) + "List";
        _written.TryAdd(name, new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray("items"),
            ["properties"] = new JsonObject
            {
                ["apiVersion"] = Type("string"),
                ["items"] = new JsonObject { ["type"] = "array", ["items"] = Wrapped(Reference(kind)) },
                ["kind"] = Type("string"),
                ["metadata"] = Wrapped(Reference(SchemaCatalog.ListMeta)),
            },
            ["x-kubernetes-group-version-kind"] = GroupVersionKind(kind, kind.ListKind),
        });
        return new JsonObject { ["$ref"] = Prefix + name };
    }

    /// <summary>A reference to a type that is no kind's.</summary>
    public JsonObject Reference(StructSchema type)
    {
        if (_known.Add(type))
            _waiting.Enqueue(type);
        return new JsonObject { ["$ref"] = Prefix + NameOf(type) };
    }

    /// <summary>A reference to what a patch may be: an object of any form.</summary>
    public JsonObject Patch()
    {
        _written.TryAdd(Meta + "Patch", Type("object"));
        return new JsonObject { ["$ref"] = Prefix + Meta + "Patch" };
    }

    public JsonObject Write()
    {
        while (_waiting.TryDequeue(out var type))
            _written[NameOf(type)] = Describe(type);
        return new JsonObject(_written.Select(s => KeyValuePair.Create<string, JsonNode?>(s.Key, s.Value)));
    }

    // The definition's own schema, and what every object has.
    JsonObject Custom(KindDefinition kind, CustomSchema custom)
    {
        var schema = custom.Document.DeepClone().AsObject();
        var properties = schema["properties"] as JsonObject;
        if (properties is null)
            schema["properties"] = properties = [];
        properties["apiVersion"] ??= Type("string");
        properties["kind"] ??= Type("string");
        properties["metadata"] = Wrapped(Reference(SchemaCatalog.ObjectMeta));
        schema["x-kubernetes-group-version-kind"] = GroupVersionKind(kind, kind.Kind);
        return schema;
    }

    JsonObject Describe(StructSchema type)
    {
        var properties = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        if (type.IsObject)
        {
            properties["apiVersion"] = Described(Type("string"), Descriptions.Of(type, "apiVersion"));
            properties["kind"] = Described(Type("string"), Descriptions.Of(type, "kind"));
        }

        foreach (var field in type.Fields)
            properties[field.Name] = Described(Describe(field), Descriptions.Of(type, field.Name));
        var schema = Described(Type("object"), Descriptions.Of(type));
        var required = type.Fields.Where(f => f.Required).Select(f => f.Name).ToList();
        if (required.Count > 0)
            schema["required"] = Texts(required);
        if (properties.Count > 0)
            schema["properties"] = new JsonObject(properties.Select(p => KeyValuePair.Create<string, JsonNode?>(p.Key, p.Value)));
        if (type.IsAtomic)
            schema["x-kubernetes-map-type"] = "atomic";
        if (_kinds.TryGetValue(type, out var kind))
            schema["x-kubernetes-group-version-kind"] = GroupVersionKind(kind, kind.Kind);
        return schema;
    }

    static JsonObject Described(JsonObject schema, string description)
    {
        if (description.Length > 0)
            schema["description"] = description;
        return schema;
    }

    JsonObject Describe(FieldSchema field)
    {
        var schema = Describe(field.Value);
        if (field.PatchStrategies.Count > 0)
            schema["x-kubernetes-patch-strategy"] = string.Join(",", field.PatchStrategies);
        if (field.PatchMergeKey.Length > 0)
            schema["x-kubernetes-patch-merge-key"] = field.PatchMergeKey;
        if (field.ListType.Length > 0)
            schema["x-kubernetes-list-type"] = field.ListType;
        if (field.MapKeys.Count > 0)
            schema["x-kubernetes-list-map-keys"] = Texts(field.MapKeys);
        if (field.Atomic)
            schema["x-kubernetes-map-type"] = "atomic";
        return schema;
    }

    JsonObject Describe(ValueSchema value) => value switch
    {
        ValueSchema.Struct inner => Wrapped(Reference(inner.Type)),
        ValueSchema.List list => new JsonObject { ["type"] = "array", ["items"] = Describe(list.Item) },
        ValueSchema.Map map => new JsonObject { ["type"] = "object", ["additionalProperties"] = Describe(map.Item) },
        ValueSchema.Scalar { Enum: { } values } => new JsonObject { ["type"] = "string", ["enum"] = Texts(values.Values) },
        ValueSchema.Scalar scalar => Describe(scalar.Type),
        ValueSchema.StructOrOther inner => new JsonObject { ["anyOf"] = new JsonArray(Wrapped(Reference(inner.Type)), new JsonObject()) },
        _ => Type("object"),
    };

    JsonObject Describe(ScalarType type) => type switch
    {
        ScalarType.Bool => Type("boolean"),
        ScalarType.Int32 => Type("integer", "int32"),
        ScalarType.Int64 => Type("integer", "int64"),
        ScalarType.Double => Type("number", "double"),
        ScalarType.Bytes => Type("string", "byte"),
        ScalarType.Time => Shared(Meta + "Time", Type("string", "date-time")),
        ScalarType.MicroTime => Shared(Meta + "MicroTime", Type("string", "date-time")),
        ScalarType.Quantity => Shared("io.k8s.apimachinery.pkg.api.resource.Quantity", OneOf("string", "number")),
        ScalarType.IntOrString => Shared("io.k8s.apimachinery.pkg.util.intstr.IntOrString", IntOrString()),
        _ => Type("string"),
    };

    JsonObject Shared(string name, JsonObject schema)
    {
        _written.TryAdd(name, schema);
        return Wrapped(new JsonObject { ["$ref"] = Prefix + name });
    }

    // A reference may have no neighbours.
    static JsonObject Wrapped(JsonObject reference) => new() { ["allOf"] = new JsonArray(reference) };

    static JsonObject IntOrString()
    {
        var schema = OneOf("integer", "string");
        schema["format"] = "int-or-string";
        return schema;
    }

    static JsonObject OneOf(params IEnumerable<string> types) => new() { ["oneOf"] = new JsonArray([.. types.Select(t => Type(t))]) };

    static JsonObject Type(string type, string? format = null)
    {
        var schema = new JsonObject { ["type"] = type };
        if (format is not null)
            schema["format"] = format;
        return schema;
    }

    static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);

    static JsonArray GroupVersionKind(KindDefinition kind, string name) =>
        [new JsonObject { ["group"] = kind.Group, ["kind"] = name, ["version"] = kind.Version }];

    static string CustomName(KindDefinition kind) => string.Join('.', [.. kind.Group.Split('.').Reverse(), kind.Version, kind.Kind]);

    // By the packages that the types have in Go.
    static string NameOf(StructSchema type) => type.Package switch
    {
        "meta" => Meta + type.Name,
        "apiextensions" => $"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.{type.Name}",
        var package => $"io.k8s.api.{package}.v1.{type.Name}",
    };
}
