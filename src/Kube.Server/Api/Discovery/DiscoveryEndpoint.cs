using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Kinds;
using Microsoft.Net.Http.Headers;

namespace Kube.Server.Api.Discovery;

/// <summary>Answers <c>/api</c>, <c>/apis</c> and what is below them before a resource: plain, or aggregated (v2) where it is asked for.</summary>
static class DiscoveryEndpoint
{
    public static Task AnswerAsync(HttpContext context, KindRegistry kinds, ApiPath path)
    {
        var core = context.Request.Path.StartsWithSegments("/api");
        if (context.Request.Method != "GET")
            throw Exists(kinds, path) ? Failures.MethodNotAllowed() : Failures.NoSuchResource();
        if (path.Version.Length > 0)
            return WriteAsync(context, PlainDiscovery.Resources(kinds, path.Group, path.Version) ?? throw Failures.NoSuchResource());
        if (path.Group.Length > 0)
            return WriteAsync(context, PlainDiscovery.Group(kinds, path.Group) ?? throw Failures.NoSuchResource());
        if (Aggregated(context.Request) is { } version)
        {
            var document = kinds.Memo((typeof(AggregatedDiscovery), core, version), () => AggregatedDiscovery.Write(kinds, core, version));
            return WriteAsync(context, document.Body, $"application/json;g=apidiscovery.k8s.io;v={version};as=APIGroupDiscoveryList", document.ETag);
        }

        return WriteAsync(context, core ? PlainDiscovery.Versions() : PlainDiscovery.Groups(kinds));
    }

    static bool Exists(KindRegistry kinds, ApiPath path) =>
        (path.Version.Length == 0 || PlainDiscovery.Resources(kinds, path.Group, path.Version) is not null)
        && (path.Group.Length == 0 || PlainDiscovery.Group(kinds, path.Group) is not null);

    // The first acceptable type decides; null: plain.
    static string? Aggregated(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var types))
            return null;
        foreach (var type in types.OrderByDescending(t => t.Quality ?? 1))
        {
            if (type.Quality == 0 || type.MediaType != "application/json")
                continue;
            string Parameter(string name) => type.Parameters.FirstOrDefault(p => p.Name == name)?.Value.ToString() ?? "";
            if (Parameter("as").Length == 0)
                return null;
            if (Parameter("g") == "apidiscovery.k8s.io" && Parameter("as") == "APIGroupDiscoveryList" && Parameter("v") is "v2" or "v2beta1")
                return Parameter("v");
        }

        return null;
    }

    static Task WriteAsync(HttpContext context, JsonObject document) =>
        WriteAsync(context, JsonSerializer.SerializeToUtf8Bytes(document, JsonText.NodeOptions), "application/json", null);

    static Task WriteAsync(HttpContext context, byte[] body, string contentType, string? etag)
    {
        var response = context.Response;
        response.Headers.Vary = "Accept";
        if (etag is not null)
        {
            response.Headers.ETag = $"\"{etag}\"";
            if (context.Request.Headers.IfNoneMatch.ToString().Trim('"') == etag)
            {
                response.StatusCode = 304;
                return Task.CompletedTask;
            }
        }

        response.ContentType = contentType;
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
