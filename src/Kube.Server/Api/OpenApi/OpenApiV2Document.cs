using System.Text.Json.Nodes;

namespace Kube.Server.Api.OpenApi;

/// <summary>The same API as one OpenAPI v2 document, for generators, dashboards and kubectl up to 1.28: made of the v3 documents.</summary>
static class OpenApiV2Document
{
    const string V3Schemas = "#/components/schemas/";
    const string V2Schemas = "#/definitions/";

    // What v2 says of a value as v3 does.
    static readonly string[] Shared =
    [
        "type", "format", "title", "enum", "required", "pattern", "maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum", "multipleOf",
        "maxLength", "minLength", "maxItems", "minItems", "uniqueItems", "maxProperties", "minProperties",
    ];

    static readonly string[] Methods = ["get", "put", "post", "delete", "patch"];

    /// <param name="documents">The OpenAPI v3 documents of all group versions.</param>
    public static JsonObject Write(IReadOnlyList<JsonObject> documents)
    {
        var paths = documents.SelectMany(d => d["paths"]!.AsObject());
        // Types that several groups share are described alike in each.
        var schemas = documents.SelectMany(d => d["components"]!["schemas"]!.AsObject()).DistinctBy(s => s.Key).OrderBy(s => s.Key, StringComparer.Ordinal);
        return new JsonObject
        {
            ["swagger"] = "2.0",
            ["info"] = new JsonObject { ["title"] = "Kubernetes", ["version"] = VersionEndpoint.GitVersion },
            ["paths"] = Map(paths, PathItem),
            ["definitions"] = Map(schemas, Schema),
            ["securityDefinitions"] = new JsonObject
            {
                ["BearerToken"] = new JsonObject { ["description"] = "Bearer Token authentication", ["type"] = "apiKey", ["name"] = "authorization", ["in"] = "header" },
            },
            ["security"] = new JsonArray(new JsonObject { ["BearerToken"] = new JsonArray() }),
        };
    }

    static JsonObject Map(IEnumerable<KeyValuePair<string, JsonNode?>> items, Func<JsonObject, JsonObject> write) =>
        new(items.Select(i => KeyValuePair.Create<string, JsonNode?>(i.Key, write(i.Value!.AsObject()))));

    static JsonObject PathItem(JsonObject item)
    {
        var written = new JsonObject();
        foreach (var method in Methods)
        {
            if (item[method] is JsonObject operation)
                written[method] = Operation(operation);
        }

        if (item["parameters"] is JsonArray parameters)
            written["parameters"] = new JsonArray([.. parameters.Select(p => Parameter(p!.AsObject()))]);
        return written;
    }

    static JsonObject Operation(JsonObject operation)
    {
        var (body, answers) = (operation["requestBody"] as JsonObject, operation["responses"]!.AsObject());
        var written = new JsonObject
        {
            ["consumes"] = new JsonArray([.. body is null ? ["*/*"] : Types(body)]),
            ["produces"] = new JsonArray([.. Types(answers["200"]!)]),
            ["schemes"] = new JsonArray("https"),
            ["tags"] = operation["tags"]!.DeepClone(),
            ["operationId"] = operation["operationId"]!.DeepClone(),
        };
        var parameters = operation["parameters"]!.AsArray().Select(p => Parameter(p!.AsObject()));
        written["parameters"] = new JsonArray([.. body is null ? parameters : parameters.Prepend(Body(body))]);
        written["responses"] = Map(answers, Answer);
        Copy(operation, written, "x-");
        return written;
    }

    static IEnumerable<JsonNode?> Types(JsonNode owner) => owner["content"]!.AsObject().Select(c => (JsonNode?)JsonValue.Create(c.Key));

    static JsonObject Content(JsonNode owner) => Schema(owner["content"]!.AsObject().First().Value!["schema"]!.AsObject());

    static JsonObject Body(JsonObject body)
    {
        var written = new JsonObject { ["name"] = "body", ["in"] = "body" };
        Copy(body, written, "required");
        written["schema"] = Content(body);
        return written;
    }

    static JsonObject Answer(JsonObject answer)
    {
        var written = new JsonObject { ["description"] = answer["description"]!.DeepClone() };
        if (answer["content"] is not null)
            written["schema"] = Content(answer);
        return written;
    }

    static JsonObject Parameter(JsonObject parameter)
    {
        var written = (JsonObject)parameter["schema"]!.DeepClone();
        Copy(parameter, written, "name");
        Copy(parameter, written, "in");
        Copy(parameter, written, "required");
        return written;
    }

    static JsonObject Schema(JsonObject schema)
    {
        var written = new JsonObject();
        Copy(schema, written, "description");
        // Where v2 has no word for what is allowed it says nothing, so that clients that check by it refuse nothing.
        if (schema.Flag("nullable") || schema.Flag("x-kubernetes-int-or-string") || schema.Flag("x-kubernetes-preserve-unknown-fields"))
        {
            Copy(schema, written, "x-");
            return written;
        }

        // What v3 wraps so that a reference may have neighbours, v2 writes beside it.
        if ((schema["allOf"]?[0] ?? schema)["$ref"]?.GetValue<string>() is { } reference)
            written["$ref"] = V2Schemas + reference[V3Schemas.Length..];
        // v2 knows no alternatives; Kubernetes calls a text or a number a text.
        if (schema["oneOf"] is not null)
            written["type"] = "string";
        foreach (var field in Shared)
            Copy(schema, written, field);
        if (schema["additionalProperties"] is JsonObject values)
            written["additionalProperties"] = Schema(values);
        if (schema["items"] is JsonObject items)
            written["items"] = Schema(items);
        if (schema["properties"] is JsonObject properties)
            written["properties"] = Map(properties, Schema);
        Copy(schema, written, "x-");
        return written;
    }

    // A field of a name, or all whose names begin so.
    static void Copy(JsonObject from, JsonObject to, string name)
    {
        foreach (var (key, value) in from)
        {
            if (key == name || (name == "x-" && key.StartsWith(name, StringComparison.Ordinal)))
                to[key] = value?.DeepClone();
        }
    }
}
