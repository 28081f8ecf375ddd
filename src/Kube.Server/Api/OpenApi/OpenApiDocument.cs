using System.Text.Json.Nodes;
using Kube.Server.Kinds;

namespace Kube.Server.Api.OpenApi;

/// <summary>The OpenAPI v3 document of one group's version: an operation for each verb, a schema for each type that its kinds reach.</summary>
static class OpenApiDocument
{
    public static JsonObject Write(KindRegistry kinds, string group, string version)
    {
        var members = kinds.Kinds.Where(k => k.Group == group && k.Version == version).OrderBy(k => k.Plural, StringComparer.Ordinal).ToList();
        var schemas = new OpenApiSchemas();
        var paths = new JsonObject();
        foreach (var kind in members)
            AddPaths(paths, kind, schemas);
        return new JsonObject
        {
            ["openapi"] = "3.0.0",
            ["info"] = new JsonObject { ["title"] = "Kubernetes", ["version"] = "v1" },
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = schemas.Write() },
        };
    }

    static void AddPaths(JsonObject paths, KindDefinition kind, OpenApiSchemas schemas)
    {
        var root = kind.Group.Length == 0 ? $"/api/{kind.Version}" : $"/apis/{kind.Group}/{kind.Version}";
        var collection = kind.Namespaced ? $"{root}/namespaces/{{namespace}}/{kind.Plural}" : $"{root}/{kind.Plural}";
        var item = new OpenApiOperations(kind, new OperationNames(kind), schemas);
        var list = kind.Has("list") ? schemas.ListReference(kind) : null;
        Add(paths, collection, kind.Namespaced, named: false, new()
        {
            ["get"] = list is null ? null : item.List(list),
            ["post"] = kind.Has("create") ? item.Create() : null,
            ["delete"] = kind.Has("deletecollection") ? item.DeleteCollection() : null,
        });
        Add(paths, collection + "/{name}", kind.Namespaced, named: true, new()
        {
            ["get"] = kind.Has("get") ? item.Get() : null,
            ["put"] = kind.Has("update") ? item.Replace() : null,
            ["patch"] = kind.Has("patch") ? item.Patch() : null,
            ["delete"] = kind.Has("delete") ? item.Delete() : null,
        });
        if (kind.Namespaced && list is not null)
            Add(paths, $"{root}/{kind.Plural}", false, named: false, new() { ["get"] = item.List(list, everywhere: true) });
        foreach (var subresource in kind.Subresources)
        {
            var document = subresource.DocumentKind(kind);
            var part = new OpenApiOperations(document, new OperationNames(kind, subresource.Name), schemas);
            bool Has(string verb) => subresource.Verbs.Contains(verb);
            Add(paths, $"{collection}/{{name}}/{subresource.Name}", kind.Namespaced, named: true, subresource.Name switch
            {
                "attach" or "exec" or "portforward" or "proxy" => new() { ["get"] = Has("get") ? part.Connect("get") : null, ["post"] = Has("create") ? part.Connect("post") : null },
                "log" => new() { ["get"] = part.Text() },
                _ => new()
                {
                    ["get"] = Has("get") ? part.Get() : null,
                    ["post"] = Has("create") ? part.Create() : null,
                    ["put"] = Has("update") ? part.Replace() : null,
                    ["patch"] = Has("patch") ? part.Patch() : null,
                },
            });
        }
    }

    static void Add(JsonObject paths, string path, bool namespaced, bool named, Dictionary<string, JsonObject?> operations)
    {
        var item = new JsonObject();
        foreach (var (method, operation) in operations)
        {
            if (operation is not null)
                item[method] = operation;
        }

        if (item.Count == 0)
            return;
        var parameters = new JsonArray();
        if (named)
            parameters.Add(OpenApiOperations.Parameter("name", "path", "string", required: true));
        if (namespaced)
            parameters.Add(OpenApiOperations.Parameter("namespace", "path", "string", required: true));
        if (parameters.Count > 0)
            item["parameters"] = parameters;
        paths[path] = item;
    }
}
