using System.Text.Json.Nodes;

namespace Kube.Server.Api.OpenApi;

/// <summary>
/// The OpenAPI v2 document in protobuf, as kubectl up to 1.28 asks for it before it creates, applies or explains: its schemas, and of each
/// operation the kind and the parameters that are no body.
/// </summary>
/// <remarks>https://github.com/google/gnostic/blob/main/openapiv2/OpenAPIv2.proto: the numbers below are its fields.</remarks>
static class OpenApiV2Protobuf
{
    // Where a path item keeps its operations.
    static readonly (string Method, int Field)[] Methods = [("get", 2), ("put", 3), ("post", 4), ("delete", 5), ("patch", 8)];

    /// <param name="document">The document as JSON has it.</param>
    public static byte[] Write(JsonObject document) => ProtobufWriter.Write(writer =>
    {
        writer.Text(1, document["swagger"]!.GetValue<string>());
        writer.Message(2, info =>
        {
            info.Text(1, document["info"]!["title"]!.GetValue<string>());
            info.Text(2, document["info"]!["version"]!.GetValue<string>());
        });
        writer.Message(8, all => NamedAll(all, 2, document["paths"], PathItem));
        writer.Message(9, all => NamedAll(all, 1, document["definitions"], Schema));
    });

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
            var place = parameter!["in"]!.GetValue<string>();
            if (place == "body")
                continue;
            var inPath = place == "path";
            // A parameter, no body, of a path or of a query.
            writer.Message(field, item => item.Message(1, either => either.Message(2, other => other.Message(inPath ? 4 : 3, value =>
            {
                if (inPath)
                    value.Flag(1, true);
                value.Text(2, place);
                value.Text(4, parameter["name"]!.GetValue<string>());
                value.Text(inPath ? 5 : 6, parameter["type"]!.GetValue<string>());
            }))));
        }
    }

    static void Schema(ProtobufWriter writer, JsonObject schema)
    {
        OptionalText(writer, 1, schema["$ref"]);
        OptionalText(writer, 2, schema["format"]);
        OptionalText(writer, 4, schema["description"]);
        foreach (var name in schema["required"]?.AsArray() ?? [])
            writer.Text(19, name!.GetValue<string>());
        if (schema["additionalProperties"] is JsonObject values)
            writer.Message(21, item => item.Message(1, value => Schema(value, values)));
        if (schema["type"] is { } type)
            writer.Message(22, item => item.Text(1, type.GetValue<string>()));
        if (schema["items"] is JsonObject items)
            writer.Message(23, item => item.Message(1, value => Schema(value, items)));
        if (schema["properties"] is { } properties)
            writer.Message(25, all => NamedAll(all, 1, properties, Schema));
        Extensions(writer, 31, schema);
    }

    static void OptionalText(ProtobufWriter writer, int field, JsonNode? text)
    {
        if (text is not null)
            writer.Text(field, text.GetValue<string>());
    }

    static void Extensions(ProtobufWriter writer, int field, JsonObject owner)
    {
        // Their values are YAML, which JSON is.
        foreach (var (name, extension) in owner.Where(p => p.Key.StartsWith("x-", StringComparison.Ordinal)))
            Named(writer, field, name, value => value.Text(2, extension!.ToJsonString(JsonText.NodeOptions)));
    }

    static void NamedAll(ProtobufWriter writer, int field, JsonNode? items, Action<ProtobufWriter, JsonObject> write)
    {
        foreach (var (name, item) in items!.AsObject())
            Named(writer, field, name, value => write(value, item!.AsObject()));
    }

    static void Named(ProtobufWriter writer, int field, string name, Action<ProtobufWriter> value) => writer.Message(field, pair =>
    {
        pair.Text(1, name);
        pair.Message(2, value);
    });
}
