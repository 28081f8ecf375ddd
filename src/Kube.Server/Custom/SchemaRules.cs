using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Custom;

/// <summary>
/// What a schema must be: structural, so that what is kept, defaulted and merged of documents follows from it alone.
/// </summary>
/// <remarks>https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema</remarks>
static class SchemaRules
{
    static readonly string[] Types = ["array", "boolean", "integer", "number", "object", "string"];
    static readonly string[] Unsupported = ["$ref", "definitions", "dependencies", "id", "patternProperties", "additionalItems"];
    static readonly string[] Junctors = ["allOf", "anyOf", "oneOf"];

    enum Place
    {
        Root,
        Field,
        Item,
    }

    public static void Validate(JsonObject schema, FieldPath path, FieldFaults faults)
    {
        var before = faults.Causes.Count;
        if (schema.Flag("nullable"))
            faults.Forbidden(path.Child("nullable"), "nullable cannot be true at the root");
        if (schema["additionalProperties"] is not null)
            faults.Forbidden(path.Child("additionalProperties"), "must not be used at the root");
        WalkKeywords(schema, path, faults);
        // Each look takes for granted what the one before has found right.
        if (faults.Causes.Count == before)
            Walk(schema, Place.Root, path, faults);
        if (faults.Causes.Count == before)
            DefaultRules.Validate(CustomSchema.Read(schema), path, isRoot: true, faults);
    }

    static void WalkKeywords(JsonObject schema, FieldPath path, FieldFaults faults)
    {
        ValidateKeywords(schema, path, faults);
        foreach (var (at, value) in Alternatives(schema, path).Concat(Parts(schema, path)))
            WalkKeywords(value, at, faults);
    }

    static void Walk(JsonObject schema, Place place, FieldPath path, FieldFaults faults)
    {
        ValidateType(schema, place, path, faults);
        ListRules.Validate(schema, path, faults);
        ValidateEmbedded(schema, place, path, faults);
        foreach (var (at, value) in Alternatives(schema, path))
            WalkValues(value, at, faults, mayHaveType: schema.Flag("x-kubernetes-int-or-string"));
        if (schema["items"] is JsonObject items)
            Walk(items, Place.Item, path.Child("items"), faults);
        if (schema["additionalProperties"] is JsonObject additional)
            Walk(additional, Place.Field, path.Child("additionalProperties"), faults);
        foreach (var (name, property) in schema["properties"] as JsonObject ?? [])
        {
            var isMetadata = name == "metadata" && (place == Place.Root || schema.Flag("x-kubernetes-embedded-resource"));
            if (property is JsonObject inner && !(isMetadata && inner.Text("type") != "object"))
                Walk(inner, Place.Field, path.Child("properties").Key(name), faults);
        }
    }

    static void ValidateKeywords(JsonObject schema, FieldPath path, FieldFaults faults)
    {
        foreach (var keyword in Unsupported)
        {
            if (schema[keyword] is not null)
                faults.Forbidden(path.Child(keyword), $"{keyword} is not supported");
        }

        if (schema["x-kubernetes-validations"] is JsonArray { Count: > 0 })
            faults.Forbidden(path.Child("x-kubernetes-validations"), "validation rules in CEL are not supported by this server");
        if (schema.Flag("uniqueItems"))
            faults.Forbidden(path.Child("uniqueItems"), "uniqueItems cannot be set to true since the runtime complexity becomes quadratic");
        if (schema["items"] is JsonArray)
            faults.Forbidden(path.Child("items"), "items must be a schema object and not an array");
        if (schema["properties"] is JsonObject { Count: > 0 } && schema["additionalProperties"] is not null)
            faults.Forbidden(path.Child("additionalProperties"), "additionalProperties and properties are mutual exclusive");
        if (schema.Text("type") is { Length: > 0 } type && !Types.Contains(type))
            faults.NotSupported(path.Child("type"), type, Types);
        if (schema["x-kubernetes-preserve-unknown-fields"] is not null && !schema.Flag("x-kubernetes-preserve-unknown-fields"))
            faults.Invalid(path.Child("x-kubernetes-preserve-unknown-fields"), false, "must be true or undefined");
        if (schema.Text("pattern") is { Length: > 0 } pattern)
        {
            try
            {
                GoPattern.Compile(pattern);
            }
            catch (ArgumentException e)
            {
                faults.Invalid(path.Child("pattern"), pattern, $"must be a valid regular expression, but isn't: {e.Message}");
            }
        }
    }

    static void ValidateType(JsonObject schema, Place place, FieldPath path, FieldFaults faults)
    {
        var type = schema.Text("type");
        if (type.Length == 0)
        {
            if (place == Place.Root || !(schema.Flag("x-kubernetes-int-or-string") || schema.Flag("x-kubernetes-preserve-unknown-fields")))
            {
                faults.Required(path.Child("type"), place switch
                {
                    Place.Root => "must not be empty at the root",
                    Place.Item => "must not be empty for specified array items",
                    _ => "must not be empty for specified object fields",
                });
            }
        }
        else if (place == Place.Root && type != "object")
        {
            faults.Invalid(path.Child("type"), type, "must be object at the root");
        }

        if (type == "array" && schema["items"] is null)
            faults.Required(path.Child("items"), "must be specified");
    }

    static void ValidateEmbedded(JsonObject schema, Place place, FieldPath path, FieldFaults faults)
    {
        var embedded = schema.Flag("x-kubernetes-embedded-resource");
        var properties = schema["properties"] as JsonObject ?? [];
        if (embedded && properties.Count == 0 && !schema.Flag("x-kubernetes-preserve-unknown-fields"))
            faults.Required(path.Child("properties"), "must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields");
        if (embedded && schema.Text("type") != "object")
            faults.Invalid(path.Child("type"), schema.Text("type"), "must be object if x-kubernetes-embedded-resource is true");
        if (!embedded && place != Place.Root)
            return;
        foreach (var (name, wanted) in (ReadOnlySpan<(string, string)>)[("apiVersion", "string"), ("kind", "string"), ("metadata", "object")])
        {
            if (properties[name] is not JsonObject property)
                continue;
            var at = path.Child("properties").Key(name);
            if (property.Text("type") is { Length: > 0 } type && type != wanted)
                faults.Invalid(at.Child("type"), type, $"must be {wanted}");
            if (name == "metadata" && (property["properties"] as JsonObject ?? []).Any(p => p.Key is not ("name" or "generateName")))
                faults.Forbidden(at, "must not specify anything other than name and generateName, but metadata is implicitly specified");
        }
    }

    static IEnumerable<(FieldPath Path, JsonObject Value)> Parts(JsonObject schema, FieldPath path)
    {
        foreach (var keyword in (string[])["items", "additionalProperties"])
        {
            if (schema[keyword] is JsonObject inner)
                yield return (path.Child(keyword), inner);
        }

        foreach (var (name, property) in schema["properties"] as JsonObject ?? [])
        {
            if (property is JsonObject inner)
                yield return (path.Child("properties").Key(name), inner);
        }
    }

    static IEnumerable<(FieldPath Path, JsonObject Value)> Alternatives(JsonObject schema, FieldPath path)
    {
        foreach (var junctor in Junctors)
        {
            foreach (var (item, at) in path.Child(junctor).Each(schema[junctor]))
                yield return (at, item);
        }

        if (schema["not"] is JsonObject not)
            yield return (path.Child("not"), not);
    }

    // What only narrows values says nothing of what they are.
    static void WalkValues(JsonObject schema, FieldPath path, FieldFaults faults, bool mayHaveType)
    {
        foreach (var keyword in (ReadOnlySpan<string>)["description", "title", "type"])
        {
            if (schema.Text(keyword).Length > 0 && !(keyword == "type" && mayHaveType))
                faults.Forbidden(path.Child(keyword), "must be empty to be structural");
        }

        foreach (var keyword in (ReadOnlySpan<string>)["default", "additionalProperties"])
        {
            if (schema[keyword] is not null)
                faults.Forbidden(path.Child(keyword), "must be undefined to be structural");
        }

        foreach (var keyword in (ReadOnlySpan<string>)["nullable", "x-kubernetes-embedded-resource", "x-kubernetes-int-or-string", "x-kubernetes-preserve-unknown-fields"])
        {
            if (schema.Flag(keyword))
                faults.Forbidden(path.Child(keyword), "must be false to be structural");
        }

        foreach (var (at, value) in Alternatives(schema, path))
            WalkValues(value, at, faults, mayHaveType);
        if (schema["items"] is JsonObject items)
            WalkValues(items, path.Child("items"), faults, mayHaveType: false);
        foreach (var (name, property) in schema["properties"] as JsonObject ?? [])
        {
            if (property is JsonObject inner)
                WalkValues(inner, path.Child("properties").Key(name), faults, mayHaveType: false);
        }
    }
}
