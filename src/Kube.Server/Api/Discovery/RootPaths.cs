using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Kinds;

namespace Kube.Server.Api.Discovery;

/// <summary>Answers <c>/</c>: the paths that there are.</summary>
static class RootPaths
{
    static readonly string[] Others =
        ["/api", "/apis", "/healthz", "/healthz/ping", "/livez", "/livez/ping", "/openapi/v2", "/openapi/v3", "/readyz", "/readyz/ping", "/version"];

    public static Task AnswerAsync(HttpContext context, KindRegistry kinds)
    {
        var document = kinds.Memo("/", () => new CachedDocument(JsonSerializer.SerializeToUtf8Bytes(
            new JsonObject { ["paths"] = new JsonArray([.. Of(kinds).Select(path => JsonValue.Create(path))]) }, JsonText.NodeOptions)));
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = document.Body.Length;
        return context.Response.Body.WriteAsync(document.Body, context.RequestAborted).AsTask();
    }

    static IEnumerable<string> Of(KindRegistry kinds) => kinds.Kinds
        .SelectMany(k => (string[])(k.Group.Length == 0 ? ["/api/" + k.Version] : ["/apis/" + k.Group, $"/apis/{k.Group}/{k.Version}"]))
        .Concat(kinds.Kinds.Select(k => "/openapi/v3/" + (k.Group.Length == 0 ? "api/" + k.Version : $"apis/{k.Group}/{k.Version}")))
        .Concat(Others).Distinct().Order(StringComparer.Ordinal);
}
