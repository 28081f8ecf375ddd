using System.Text.Json;
using static Kube.JsonFields;

namespace Kube.OpenApi;

/// <summary>The schemas of an OpenAPI document, version 2 (<c>definitions</c>) or 3 (<c>components.schemas</c>). Pure.</summary>
sealed class ApiDocument
{
    const int MostReferences = 20;
    static readonly string[] Prefixes = ["#/components/schemas/", "#/definitions/"];

    readonly JsonElement _schemas;
    readonly Dictionary<(string, string, string), JsonElement> _kinds = [];

    /// <exception cref="FormatException">It is no such document.</exception>
    public ApiDocument(ReadOnlyMemory<byte> json)
    {
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = JsonSlice.Options.MaxDepth });
            root = document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new FormatException("the OpenAPI document is no JSON", e);
        }
        _schemas = Field(root, "definitions") ?? (Field(root, "components") is { } components ? Field(components, "schemas") : null) ?? throw new FormatException("the OpenAPI document has no schemas");
        foreach (var schema in _schemas.EnumerateObject())
        {
            if (schema.Value.ValueKind != JsonValueKind.Object || !schema.Value.TryGetProperty("x-kubernetes-group-version-kind", out var kinds) || kinds.ValueKind != JsonValueKind.Array) continue;
            foreach (var kind in kinds.EnumerateArray()) _kinds.TryAdd((Text(kind, "group") ?? "", Text(kind, "version") ?? "", Text(kind, "kind") ?? ""), schema.Value);
        }
    }

    /// <summary>The schema of a kind; null where the document does not describe it.</summary>
    public ApiSchema? Find(KubeResource resource) => _kinds.TryGetValue((resource.Group, resource.Version, resource.Kind), out var schema) ? new(this, schema) : null;

    /// <summary>The name of the definition that a schema refers to.</summary>
    public static string? DefinitionOf(JsonElement schema)
    {
        // Version 3 wraps a reference that has neighbours, such as a description.
        var holder = schema.TryGetProperty("allOf", out var all) && all.ValueKind == JsonValueKind.Array && all.GetArrayLength() == 1 ? all[0] : schema;
        return holder.TryGetProperty("$ref", out var reference) && reference.GetString() is { } target && Prefixes.FirstOrDefault(prefix => target.StartsWith(prefix, StringComparison.Ordinal)) is { } prefix
            ? target[prefix.Length..] : null;
    }

    /// <summary>A schema, or the definition that it refers to.</summary>
    public JsonElement Resolve(JsonElement schema)
    {
        for (var i = 0; i < MostReferences && DefinitionOf(schema) is { } definition && Field(_schemas, definition) is { } found; i++) schema = found;
        return schema;
    }

    static JsonElement? Field(JsonElement of, string name) => of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;
}
