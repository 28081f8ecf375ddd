using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Kube.Server.Api;
using Kube.Server.Kinds.Schemas;

namespace Kube.Server.Custom;

/// <summary>
/// The schema of a custom resource or of one of its fields, read once from its definition's <c>openAPIV3Schema</c>, whose form has been
/// checked by then. What is kept of documents and what is wrong with them is decided by <see cref="CustomFields"/> and <see cref="CustomRules"/>.
/// </summary>
sealed class CustomSchema
{
    readonly Lazy<StructSchema> _fields;

    CustomSchema(JsonObject schema)
    {
        Document = schema;
        Type = schema.Text("type");
        Nullable = schema.Flag("nullable");
        IntOrString = schema.Flag("x-kubernetes-int-or-string");
        KeepsUnknown = schema.Flag("x-kubernetes-preserve-unknown-fields");
        IsEmbedded = schema.Flag("x-kubernetes-embedded-resource");
        Default = schema["default"];
        Properties = Schemas(schema["properties"] as JsonObject);
        Items = ReadOptional(schema["items"]);
        Additional = ReadOptional(schema["additionalProperties"]);
        AllowsAdditional = Additional is not null || schema.Flag("additionalProperties");
        ListType = schema.Text("x-kubernetes-list-type");
        MapKeys = Texts(schema, "x-kubernetes-list-map-keys");
        IsAtomicMap = schema.Text("x-kubernetes-map-type") == "atomic";
        Required = Texts(schema, "required");
        AllOf = List(schema, "allOf");
        AnyOf = List(schema, "anyOf");
        OneOf = List(schema, "oneOf");
        Not = ReadOptional(schema["not"]);
        Pattern = schema.Text("pattern") is { Length: > 0 } pattern ? GoPattern.Compile(pattern) : null;
        HasDefaults = Default is not null || Items is { HasDefaults: true } || Additional is { HasDefaults: true } || Properties.Values.Any(p => p.HasDefaults);
        _fields = new Lazy<StructSchema>(() => CustomFieldTypes.Of(this));
    }

    /// <summary>The schema as its definition has it.</summary>
    public JsonObject Document { get; }

    /// <summary>Empty: any.</summary>
    public string Type { get; }

    public bool Nullable { get; }

    public bool IntOrString { get; }

    /// <summary>Whether fields that it does not name are kept.</summary>
    public bool KeepsUnknown { get; }

    /// <summary>Whether it is an object with a kind, an apiVersion and metadata.</summary>
    public bool IsEmbedded { get; }

    public JsonNode? Default { get; }

    /// <summary>Whether it or anything below it has a default.</summary>
    public bool HasDefaults { get; }

    public IReadOnlyDictionary<string, CustomSchema> Properties { get; }

    public CustomSchema? Items { get; }

    /// <summary>What the fields are that it does not name; null where that is not said.</summary>
    public CustomSchema? Additional { get; }

    public bool AllowsAdditional { get; }

    public string ListType { get; }

    public IReadOnlyList<string> MapKeys { get; }

    public bool IsAtomicMap { get; }

    public IReadOnlyList<string> Required { get; }

    public IReadOnlyList<CustomSchema> AllOf { get; }

    public IReadOnlyList<CustomSchema> AnyOf { get; }

    public IReadOnlyList<CustomSchema> OneOf { get; }

    public CustomSchema? Not { get; }

    public Regex? Pattern { get; }

    /// <summary>How server-side apply takes its documents apart.</summary>
    public StructSchema Fields => _fields.Value;

    public static CustomSchema Read(JsonObject schema) => new(schema);

    public JsonNode? this[string keyword] => Document[keyword];

    static CustomSchema? ReadOptional(JsonNode? schema) => schema is JsonObject map ? new CustomSchema(map) : null;

    static Dictionary<string, CustomSchema> Schemas(JsonObject? map) =>
        (map ?? []).Where(p => p.Value is JsonObject).ToDictionary(p => p.Key, p => new CustomSchema((JsonObject)p.Value!));

    static List<CustomSchema> List(JsonObject schema, string field) => [.. schema.Objects(field).Select(s => new CustomSchema(s))];

    static List<string> Texts(JsonObject schema, string field) => [.. (schema[field] as JsonArray ?? []).Select(t => t!.ToString())];
}
