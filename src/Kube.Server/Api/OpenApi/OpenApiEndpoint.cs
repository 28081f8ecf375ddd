using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Kinds;

namespace Kube.Server.Api.OpenApi;

/// <summary>Answers <c>/openapi/v3</c>: an index, and one document for each group's version, tagged by its hash.</summary>
internal static class OpenApiEndpoint
{
    private const string Root = "/openapi/v3";

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

    private static CachedDocument Index(KindRegistry kinds)
    {
        var paths = new JsonObject();
        foreach (var (path, (group, version)) in GroupVersions(kinds))
            paths[path] = new JsonObject { ["serverRelativeURL"] = $"{Root}/{path}?hash={Document(kinds, path, group, version).ETag}" };
        return new CachedDocument(JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["paths"] = paths }, JsonText.NodeOptions));
    }

    private static CachedDocument Document(KindRegistry kinds, string path, string group, string version) =>
        kinds.Memo(Root + "/" + path, () => new CachedDocument(JsonSerializer.SerializeToUtf8Bytes(OpenApiDocument.Write(kinds, group, version), JsonText.NodeOptions)));

    private static Dictionary<string, (string Group, string Version)> GroupVersions(KindRegistry kinds) => kinds.Kinds
        .Select(k => (k.Group, k.Version)).Distinct()
        .ToDictionary(gv => gv.Group.Length == 0 ? "api/" + gv.Version : string.Create(CultureInfo.InvariantCulture, $"apis/{gv.Group}/{gv.Version}"));

    private static Task WriteAsync(HttpContext context, CachedDocument document)
    {
        var response = context.Response;
        response.Headers.ETag = $"\"{document.ETag}\"";
        response.Headers.Append("Vary", "Accept");
        if (context.Request.Headers.IfNoneMatch.ToString().Trim('"') == document.ETag)
        {
            response.StatusCode = 304;
            return Task.CompletedTask;
        }

        response.ContentType = "application/json";
        response.ContentLength = document.Body.Length;
        return response.Body.WriteAsync(document.Body, context.RequestAborted).AsTask();
    }
}
