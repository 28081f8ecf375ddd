using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Kinds;
using Microsoft.Net.Http.Headers;

namespace Kube.Server.Api.OpenApi;

/// <summary>
/// Answers <c>/openapi/v3</c>: an index, and one document for each group's version, tagged by its hash; and <c>/openapi/v2</c>, one for all.
/// </summary>
static class OpenApiEndpoint
{
    const string Root = "/openapi/v3";
    const string V2 = "/openapi/v2";

    // Clients ask for it with an "@", which is against HTTP's grammar: neither can such a header be parsed, nor will they parse one.
    const string V2Asked = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";
    const string V2Protobuf = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";
    const string V2Forms = "application/json, " + V2Protobuf;

    public static Task AnswerAsync(HttpContext context, KindRegistry kinds)
    {
        var path = (context.Request.Path.Value ?? "")[Root.Length..].Trim('/');
        if (path.Length == 0)
            return WriteAsync(context, kinds.Memo(Root, () => Index(kinds)));
        if (!GroupVersions(kinds).TryGetValue(path, out var gv))
            throw Failures.NoSuchResource();
        if (context.Request.Query.ContainsKey("hash"))
            context.Response.Headers.CacheControl = "public, immutable";
        return WriteAsync(context, Document(kinds, path, gv.Group, gv.Version));
    }

    /// <summary>One document for all groups, as JSON or in protobuf.</summary>
    /// <exception cref="StatusException">NotAcceptable: another form is wanted.</exception>
    public static Task AnswerV2Async(HttpContext context, KindRegistry kinds) => AcceptsProtobuf(context.Request)
        ? WriteAsync(context, kinds.Memo(V2Protobuf, () => new CachedDocument(OpenApiV2Protobuf.Write(V2Document(kinds)))), V2Protobuf)
        : WriteAsync(context, kinds.Memo(V2, () => Json(V2Document(kinds))));

    // The form of highest quality; among equals the client's order counts.
    static bool AcceptsProtobuf(HttpRequest request)
    {
        var accept = request.Headers.Accept.ToString().Replace(V2Asked, V2Protobuf, StringComparison.OrdinalIgnoreCase);
        if (string.IsNullOrWhiteSpace(accept))
            return false;
        if (!MediaTypeHeaderValue.TryParseList([accept], out var types))
            throw Failures.NotAcceptable(V2Forms);
        foreach (var type in types.Where(t => t.Quality != 0).OrderByDescending(t => t.Quality ?? 1))
        {
            switch (type.MediaType.ToString().ToLowerInvariant())
            {
                case "application/json" or "application/*" or "*/*":
                    return false;
                case V2Protobuf:
                    return true;
            }
        }

        throw Failures.NotAcceptable(V2Forms);
    }

    static JsonObject V2Document(KindRegistry kinds) =>
        OpenApiV2Document.Write([.. GroupVersions(kinds).Values.Select(gv => OpenApiDocument.Write(kinds, gv.Group, gv.Version))]);

    static CachedDocument Json(JsonObject document) => new(JsonSerializer.SerializeToUtf8Bytes(document, JsonText.NodeOptions));

    static CachedDocument Index(KindRegistry kinds)
    {
        var paths = new JsonObject();
        foreach (var (path, (group, version)) in GroupVersions(kinds))
            paths[path] = new JsonObject { ["serverRelativeURL"] = $"{Root}/{path}?hash={Document(kinds, path, group, version).ETag}" };
        return Json(new JsonObject { ["paths"] = paths });
    }

    static CachedDocument Document(KindRegistry kinds, string path, string group, string version) =>
        kinds.Memo(Root + "/" + path, () => Json(OpenApiDocument.Write(kinds, group, version)));

    static Dictionary<string, (string Group, string Version)> GroupVersions(KindRegistry kinds) => kinds.Kinds
        .Select(k => (k.Group, k.Version)).Distinct()
        .ToDictionary(gv => gv.Group.Length == 0 ? "api/" + gv.Version : string.Create(CultureInfo.InvariantCulture, $"apis/{gv.Group}/{gv.Version}"));

    static Task WriteAsync(HttpContext context, CachedDocument document, string contentType = "application/json")
    {
        var response = context.Response;
        response.Headers.ETag = $"\"{document.ETag}\"";
        response.Headers.Append("Vary", "Accept");
        if (context.Request.Headers.IfNoneMatch.ToString().Trim('"') == document.ETag)
        {
            response.StatusCode = 304;
            return Task.CompletedTask;
        }

        response.ContentType = contentType;
        response.ContentLength = document.Body.Length;
        return response.Body.WriteAsync(document.Body, context.RequestAborted).AsTask();
    }
}
