using System.Text.Json.Nodes;
using Kube.Server.Kinds;
using Kube.Server.Kinds.Schemas;

namespace Kube.Server.Api.OpenApi;

/// <summary>The operations of one resource or subresource.</summary>
/// <param name="kind">The kind of its documents.</param>
/// <param name="names">What its operations are called.</param>
/// <param name="schemas">Where the types live that all operations share.</param>
sealed class OpenApiOperations(KindDefinition kind, OperationNames names, OpenApiSchemas schemas)
{
    readonly JsonObject _document = schemas.Reference(kind);

    public JsonObject Get() => Operation("get", names.Of("read"), Answers(_document), Parameter("pretty", "query", "string"));

    public JsonObject List(JsonObject list, bool everywhere = false) => Operation("list", everywhere ? names.OfAll("list") : names.Of("list"), Answers(list),
        Parameter("allowWatchBookmarks", "query", "boolean"), Parameter("continue", "query", "string"), Parameter("fieldSelector", "query", "string"),
        Parameter("labelSelector", "query", "string"), Parameter("limit", "query", "integer"), Parameter("resourceVersion", "query", "string"),
        Parameter("resourceVersionMatch", "query", "string"), Parameter("sendInitialEvents", "query", "boolean"),
        Parameter("timeoutSeconds", "query", "integer"), Parameter("watch", "query", "boolean"));

    public JsonObject Create() => WithBody(
        Operation("post", names.Of("create"), Answers(_document, ("201", "Created"), ("202", "Accepted")),
            Parameter("dryRun", "query", "string"), Parameter("fieldManager", "query", "string"), Parameter("fieldValidation", "query", "string")),
        ["*/*"], _document);

    public JsonObject Replace() => WithBody(
        Operation("put", names.Of("replace"), Answers(_document, ("201", "Created")),
            Parameter("dryRun", "query", "string"), Parameter("fieldManager", "query", "string"), Parameter("fieldValidation", "query", "string")),
        ["*/*"], _document);

    // kubectl looks for fieldValidation here before it leaves validation to the server.
    public JsonObject Patch() => WithBody(
        Operation("patch", names.Of("patch"), Answers(_document),
            Parameter("dryRun", "query", "string"), Parameter("fieldManager", "query", "string"),
            Parameter("fieldValidation", "query", "string"), Parameter("force", "query", "boolean")),
        PatchVerb.AcceptedBy(kind), schemas.Patch());

    public JsonObject Delete() => Delete("delete", names.Of("delete"), kind.ReturnsDeleted ? _document : schemas.Reference(SchemaCatalog.Status), ("202", "Accepted"));

    public JsonObject DeleteCollection() => Delete("deletecollection", names.OfCollection("delete"), schemas.Reference(SchemaCatalog.Status));

    /// <summary>A stream or what else is no document: as far as words go, a text.</summary>
    public JsonObject Connect(string method) => Operation("connect", names.OfConnection(method), Answers(new JsonObject { ["type"] = "string" }));

    /// <summary>The log of a container.</summary>
    public JsonObject Text() => Operation("get", names.Of("read"), Answers(new JsonObject { ["type"] = "string" }),
        Parameter("container", "query", "string"), Parameter("follow", "query", "boolean"), Parameter("limitBytes", "query", "integer"), Parameter("previous", "query", "boolean"),
        Parameter("sinceSeconds", "query", "integer"), Parameter("sinceTime", "query", "string"), Parameter("tailLines", "query", "integer"), Parameter("timestamps", "query", "boolean"));

    public static JsonObject Parameter(string name, string place, string type, bool required = false)
    {
        var parameter = new JsonObject { ["name"] = name, ["in"] = place };
        if (required)
            parameter["required"] = true;
        parameter["schema"] = new JsonObject { ["type"] = type, ["uniqueItems"] = true };
        return parameter;
    }

    JsonObject Delete(string action, string name, JsonObject answer, params ReadOnlySpan<(string Code, string Text)> more) => WithBody(
        Operation(action, name, Answers(answer, more),
            Parameter("dryRun", "query", "string"), Parameter("gracePeriodSeconds", "query", "integer"),
            Parameter("orphanDependents", "query", "boolean"), Parameter("propagationPolicy", "query", "string")),
        ["*/*"], schemas.Reference(SchemaCatalog.DeleteOptions), required: false);

    static JsonObject WithBody(JsonObject operation, IEnumerable<string> types, JsonObject schema, bool required = true)
    {
        var body = new JsonObject { ["content"] = Content(types, schema) };
        if (required)
            body["required"] = true;
        operation["requestBody"] = body;
        return operation;
    }

    static JsonObject Content(IEnumerable<string> types, JsonObject schema) =>
        new(types.Select(type => KeyValuePair.Create<string, JsonNode?>(type, new JsonObject { ["schema"] = schema.DeepClone() })));

    static JsonObject Answers(JsonObject document, params ReadOnlySpan<(string Code, string Text)> more)
    {
        var answers = new JsonObject();
        foreach (var (code, text) in (ReadOnlySpan<(string, string)>)[("200", "OK"), .. more])
            answers[code] = new JsonObject { ["description"] = text, ["content"] = Content(["application/json", "application/yaml"], document) };
        answers["401"] = new JsonObject { ["description"] = "Unauthorized" };
        return answers;
    }

    JsonObject Operation(string action, string name, JsonObject answers, params IEnumerable<JsonObject> parameters) => new()
    {
        ["tags"] = new JsonArray(names.Tag),
        ["operationId"] = name,
        ["parameters"] = new JsonArray([.. parameters]),
        ["responses"] = answers,
        ["x-kubernetes-action"] = action,
        ["x-kubernetes-group-version-kind"] = new JsonObject { ["group"] = kind.Group, ["kind"] = kind.Kind, ["version"] = kind.Version },
    };
}
