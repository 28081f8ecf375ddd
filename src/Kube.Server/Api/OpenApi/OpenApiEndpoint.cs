using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Kinds;

namespace Kube.Server.Api.OpenApi;

/// <summary>
/// Answers <c>/openapi/v3</c>: an index, and one document for each group's version, tagged by its hash; and <c>/openapi/v2</c> for older clients.
/// </summary>
static class OpenApiEndpoint
{
    const string Root = "/openapi/v3";
    const string V2 = "/openapi/v2";

    // Clients ask for it with an "@", which is against HTTP's grammar: neither can such a header be parsed, nor will they parse one.
    const string V2Asked = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";
    const string V2Type = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

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

    /// <summary>One document for all groups, in protobuf alone.</summary>
    /// <exception cref="StatusException">NotAcceptable: another form is wanted.</exception>
    public static Task AnswerV2Async(HttpContext context, KindRegistry kinds)
    {
        var accept = context.Request.Headers.Accept.ToString();
        if (!accept.Contains(V2Asked, StringComparison.OrdinalIgnoreCase) && !accept.Contains(V2Type, StringComparison.OrdinalIgnoreCase))
            throw Failures.NotAcceptable(V2Type);
        var document = kinds.Memo(V2, () => new CachedDocument(
            OpenApiV2Document.Write([.. GroupVersions(kinds).Values.Select(gv => OpenApiDocument.Write(kinds, gv.Group, gv.Version))])));
        return WriteAsync(context, document, V2Type);
    }

    static CachedDocument Index(KindRegistry kinds)
    {
        var paths = new JsonObject();
        foreach (var (path, (group, version)) in GroupVersions(kinds))
            paths[path] = new JsonObject { ["serverRelativeURL"] = $"{Root}/{path}?hash={Document(kinds, path, group, version).ETag}" };
        return new CachedDocument(JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["paths"] = paths }, JsonText.NodeOptions));
    }

    static CachedDocument Document(KindRegistry kinds, string path, string group, string version) =>
        kinds.Memo(Root + "/" + path, () => new CachedDocument(JsonSerializer.SerializeToUtf8Bytes(OpenApiDocument.Write(kinds, group, version), JsonText.NodeOptions)));

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
