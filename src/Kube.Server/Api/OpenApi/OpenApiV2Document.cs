using System.Text.Json.Nodes;

namespace Kube.Server.Api.OpenApi;

/// <summary>
/// The same API as one OpenAPI v2 document, in the protobuf form that kubectl up to 1.28 asks for before it creates, applies or explains:
/// its schemas, and of each operation the kind and the parameters that are no body.
/// </summary>
/// <remarks>https://github.com/google/gnostic/blob/main/openapiv2/OpenAPIv2.proto: the numbers below are its fields.</remarks>
static class OpenApiV2Document
{
    const string V3Schemas = "#/components/schemas/";
    const string V2Schemas = "#/definitions/";

    // Where a path item keeps its operations.
    static readonly (string Method, int Field)[] Methods = [("get", 2), ("put", 3), ("post", 4), ("delete", 5), ("patch", 8)];

    /// <param name="documents">The OpenAPI v3 documents of all group versions.</param>
    public static byte[] Write(IReadOnlyList<JsonObject> documents)
    {
        var paths = documents.SelectMany(d => d["paths"]!.AsObject());
        // Types that several groups share are described alike in each.
        var schemas = documents.SelectMany(d => d["components"]!["schemas"]!.AsObject()).DistinctBy(s => s.Key).OrderBy(s => s.Key, StringComparer.Ordinal);
        return ProtobufWriter.Write(document =>
        {
            document.Text(1, "2.0");
            document.Message(2, info =>
            {
                info.Text(1, "Kubernetes");
                info.Text(2, "v1");
            });
            document.Message(8, all =>
            {
                foreach (var (path, item) in paths)
                    Named(all, 2, path, value => PathItem(value, item!.AsObject()));
            });
            document.Message(9, all =>
            {
                foreach (var (name, schema) in schemas)
                    Named(all, 1, name, value => Schema(value, schema!.AsObject()));
            });
        });
    }

    static void PathItem(ProtobufWriter writer, JsonObject item)
    {
        foreach (var (method, field) in Methods)
        {
            if (item[method] is JsonObject operation)
                writer.Message(field, value => Operation(value, operation));
        }

        Parameters(writer, 9, item);
    }

    static void Operation(ProtobufWriter writer, JsonObject operation)
    {
        Parameters(writer, 8, operation);
        Extensions(writer, 13, operation);
    }

    static void Parameters(ProtobufWriter writer, int field, JsonObject owner)
    {
        foreach (var parameter in owner["parameters"]?.AsArray() ?? [])
        {
            var inPath = parameter!["in"]!.GetValue<string>() == "path";
            // A parameter, no body, of a path or of a query.
            writer.Message(field, item => item.Message(1, either => either.Message(2, other => other.Message(inPath ? 4 : 3, value =>
            {
                if (inPath)
                    value.Flag(1, true);
                value.Text(2, parameter["in"]!.GetValue<string>());
                value.Text(4, parameter["name"]!.GetValue<string>());
                value.Text(inPath ? 5 : 6, parameter["schema"]!["type"]!.GetValue<string>());
            }))));
        }
    }

    static void Schema(ProtobufWriter writer, JsonObject schema)
    {
        // Where v2 has no word for what is allowed it says nothing, so that clients that check by it refuse nothing.
        if (schema.Flag("nullable") || schema.Flag("x-kubernetes-int-or-string") || schema.Flag("x-kubernetes-preserve-unknown-fields"))
        {
            Extensions(writer, 31, schema);
            return;
        }

        // What v3 wraps so that a reference may have neighbours, v2 writes beside it.
        var reference = (schema["allOf"]?[0] ?? schema)["$ref"]?.GetValue<string>();
        if (reference is not null)
            writer.Text(1, V2Schemas + reference[V3Schemas.Length..]);
        // v2 knows no alternatives; Kubernetes calls a text or a number a text.
        var type = schema["oneOf"] is null ? schema["type"]?.GetValue<string>() : "string";
        if (schema["format"] is { } format)
            writer.Text(2, format.GetValue<string>());
        if (schema["description"] is { } description)
            writer.Text(4, description.GetValue<string>());
        foreach (var name in schema["required"]?.AsArray() ?? [])
            writer.Text(19, name!.GetValue<string>());
        if (schema["additionalProperties"] is JsonObject values)
            writer.Message(21, item => item.Message(1, value => Schema(value, values)));
        if (type is not null)
            writer.Message(22, item => item.Text(1, type));
        if (schema["items"] is JsonObject items)
            writer.Message(23, item => item.Message(1, value => Schema(value, items)));
        if (schema["properties"] is JsonObject properties)
        {
            writer.Message(25, all =>
            {
                foreach (var (name, property) in properties)
                    Named(all, 1, name, value => Schema(value, property!.AsObject()));
            });
        }

        Extensions(writer, 31, schema);
    }

    static void Extensions(ProtobufWriter writer, int field, JsonObject owner)
    {
        // Their values are YAML, which JSON is.
        foreach (var (name, extension) in owner.Where(p => p.Key.StartsWith("x-", StringComparison.Ordinal)))
            Named(writer, field, name, value => value.Text(2, extension!.ToJsonString(JsonText.NodeOptions)));
    }

    static void Named(ProtobufWriter writer, int field, string name, Action<ProtobufWriter> value) => writer.Message(field, pair =>
    {
        pair.Text(1, name);
        pair.Message(2, value);
    });
}
