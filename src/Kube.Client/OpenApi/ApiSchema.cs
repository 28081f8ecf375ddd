using System.Text;
using System.Text.Json;
using static Kube.JsonFields;

namespace Kube.OpenApi;

/// <summary>One schema of an OpenAPI document, version 2 or 3.</summary>
/// <param name="document">The document, in which its references are looked up.</param>
/// <param name="written">The schema as it is written where it is used.</param>
sealed class ApiSchema(ApiDocument document, JsonElement written)
{
    /// <summary>The name of the definition that its fields are from; null where they are written in place.</summary>
    public string? Definition => ApiDocument.DefinitionOf(Item(written));

    public string TypeName => NameOf(written);

    /// <summary>Its own, else that of what it is, or is a list or map of.</summary>
    public string Description => new[] { written, document.Resolve(written), document.Resolve(Item(written)) }.Select(schema => Text(schema, "description")).FirstOrDefault(text => text is { Length: > 0 }) ?? "";

    public string[] Values
    {
        get
        {
            var item = document.Resolve(written);
            if (item.TryGetProperty("items", out var items)) item = document.Resolve(items);
            return item.TryGetProperty("enum", out var values) && values.ValueKind == JsonValueKind.Array
                ? [.. values.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText())] : [];
        }
    }

    /// <summary>Servers write the zero of a type where they mean that nothing is filled in.</summary>
    public object? Default => (written.TryGetProperty("default", out var value) || document.Resolve(written).TryGetProperty("default", out value)) && value.GetRawText() is not ("\"\"" or "{}" or "0" or "null")
        ? KubeValue.Present(KubeValue.Read(Encoding.UTF8.GetBytes(value.GetRawText()), new())) : null;

    public IEnumerable<(string Name, bool Required, ApiSchema Schema)> Fields
    {
        get
        {
            var item = document.Resolve(Item(written));
            if (!item.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object) yield break;
            var required = item.TryGetProperty("required", out var names) && names.ValueKind == JsonValueKind.Array ? names.EnumerateArray().Select(name => name.GetString()).ToHashSet() : [];
            foreach (var property in properties.EnumerateObject()) yield return (property.Name, required.Contains(property.Name), new(document, property.Value));
        }
    }

    /// <summary>What the lists and maps around it are of.</summary>
    JsonElement Item(JsonElement schema)
    {
        var whole = document.Resolve(schema);
        return whole.TryGetProperty("items", out var items) ? Item(items)
            : whole.TryGetProperty("additionalProperties", out var values) && values.ValueKind == JsonValueKind.Object ? Item(values)
            : schema;
    }

    string NameOf(JsonElement schema)
    {
        if (ApiDocument.DefinitionOf(schema) is { } definition) return definition[(definition.LastIndexOf('.') + 1)..];
        if (schema.TryGetProperty("x-kubernetes-int-or-string", out _)) return "IntOrString";
        if (schema.TryGetProperty("items", out var items)) return "[]" + NameOf(items);
        if (schema.TryGetProperty("additionalProperties", out var values) && values.ValueKind == JsonValueKind.Object) return "map[string]" + NameOf(values);
        return Text(schema, "type") is { } type && type != "object" ? type : "Object";
    }
}
