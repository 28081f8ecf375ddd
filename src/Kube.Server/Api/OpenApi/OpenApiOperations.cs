using System.Text.Json.Nodes;
using Kube.Server.Kinds;

namespace Kube.Server.Api.OpenApi;

/// <summary>The operations of one resource or subresource.</summary>
/// <param name="kind">The kind of its documents.</param>
/// <param name="document">A reference to their schema.</param>
sealed class OpenApiOperations(KindDefinition kind, JsonObject document)
{
    static JsonObject AnyObject => new() { ["type"] = "object" };

    public JsonObject Get() => Operation("get", document, [Parameter("pretty", "query", "string")]);

    public JsonObject List(JsonObject list) => Operation("list", list,
    [
        Parameter("allowWatchBookmarks", "query", "boolean"), Parameter("continue", "query", "string"), Parameter("fieldSelector", "query", "string"),
        Parameter("labelSelector", "query", "string"), Parameter("limit", "query", "integer"), Parameter("resourceVersion", "query", "string"),
        Parameter("resourceVersionMatch", "query", "string"), Parameter("sendInitialEvents", "query", "boolean"),
        Parameter("timeoutSeconds", "query", "integer"), Parameter("watch", "query", "boolean"),
    ]);

    public JsonObject Write(string action)
    {
        var operation = Operation(action, document,
            [Parameter("dryRun", "query", "string"), Parameter("fieldManager", "query", "string"), Parameter("fieldValidation", "query", "string")]);
        operation["requestBody"] = Body(["application/json", "application/yaml"], document);
        return operation;
    }

    public JsonObject Patch()
    {
        // kubectl looks for fieldValidation here before it leaves validation to the server.
        var operation = Operation("patch", document,
        [
            Parameter("dryRun", "query", "string"), Parameter("fieldManager", "query", "string"),
            Parameter("fieldValidation", "query", "string"), Parameter("force", "query", "boolean"),
        ]);
        operation["requestBody"] = Body(PatchVerb.AcceptedBy(kind), AnyObject);
        return operation;
    }

    public JsonObject Delete(string action) => Operation(action, AnyObject,
    [
        Parameter("dryRun", "query", "string"), Parameter("gracePeriodSeconds", "query", "integer"),
        Parameter("orphanDependents", "query", "boolean"), Parameter("propagationPolicy", "query", "string"),
    ]);

    public static JsonObject Parameter(string name, string place, string type, bool required = false)
    {
        var parameter = new JsonObject { ["name"] = name, ["in"] = place };
        if (required)
            parameter["required"] = true;
        parameter["schema"] = new JsonObject { ["type"] = type };
        return parameter;
    }

    static JsonObject Body(IEnumerable<string> types, JsonObject schema)
    {
        var content = new JsonObject();
        foreach (var type in types)
            content[type] = new JsonObject { ["schema"] = schema.DeepClone() };
        return new JsonObject { ["content"] = content, ["required"] = true };
    }

    JsonObject Operation(string action, JsonObject answer, IEnumerable<JsonObject> parameters) => new()
    {
        ["tags"] = new JsonArray((kind.Group.Length == 0 ? "core" : kind.Group.Split('.')[0]) + "_" + kind.Version),
        ["parameters"] = new JsonArray([.. parameters]),
        ["responses"] = new JsonObject
        {
            ["200"] = new JsonObject
            {
                ["description"] = "OK",
                ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = answer.DeepClone() } },
            },
        },
        ["x-kubernetes-action"] = action,
        ["x-kubernetes-group-version-kind"] = new JsonObject { ["group"] = kind.Group, ["kind"] = kind.Kind, ["version"] = kind.Version },
    };
}
