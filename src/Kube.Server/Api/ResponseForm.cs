using Microsoft.Net.Http.Headers;

namespace Kube.Server.Api;

/// <summary>What of an object a client wants to see.</summary>
enum ObjectShape
{
    Whole,
    Table,
    Metadata,
}

/// <summary>The form of an answer, from the Accept header: types by quality, with Kubernetes' parameters <c>as</c>, <c>g</c> and <c>v</c>.</summary>
/// <param name="Version">The version of <c>meta.k8s.io</c> that a table or metadata is written in.</param>
sealed record ResponseForm(ObjectShape Shape, bool Yaml, string Version)
{
    const string Supported = "application/json, application/yaml";

    public static ResponseForm Json { get; } = new(ObjectShape.Whole, false, "v1");

    public string ContentType => Yaml ? "application/yaml" : "application/json";

    /// <param name="stream">Whether the answer is a watch, which is JSON alone and does not turn documents into something else silently.</param>
    /// <exception cref="StatusException">NotAcceptable.</exception>
    public static ResponseForm Negotiate(HttpRequest request, bool stream = false, bool documentsOnly = false)
    {
        var accept = request.Headers.Accept;
        if (accept.Count == 0 || accept.All(string.IsNullOrWhiteSpace))
            return Json;
        if (!MediaTypeHeaderValue.TryParseList(accept, out var types))
            throw Failures.NotAcceptable(Supported);
        // A stable sort: among equals the client's order counts.
        foreach (var type in types.OrderByDescending(t => t.Quality ?? 1))
        {
            if (type.Quality != 0 && Match(type, stream, documentsOnly) is { } form)
                return form;
        }

        throw Failures.NotAcceptable(Supported);
    }

    static ResponseForm? Match(MediaTypeHeaderValue type, bool stream, bool documentsOnly)
    {
        var yaml = false;
        switch (type.MediaType.ToString().ToLowerInvariant())
        {
            case "application/json" or "application/*" or "*/*":
                break;
            case "application/yaml" when !stream:
                yaml = true;
                break;
            default:
                return null;
        }

        var wanted = Parameter(type, "as");
        if (wanted.Length == 0)
            return Json with { Yaml = yaml };
        var version = Parameter(type, "v");
        if (documentsOnly || Parameter(type, "g") != "meta.k8s.io" || version is not ("v1" or "v1beta1"))
            return null;
        return wanted switch
        {
            "Table" => new ResponseForm(ObjectShape.Table, yaml, version),
            "PartialObjectMetadata" or "PartialObjectMetadataList" => new ResponseForm(ObjectShape.Metadata, yaml, version),
            _ => null,
        };
    }

    static string Parameter(MediaTypeHeaderValue type, string name) =>
        type.Parameters.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value.ToString().Trim('"') ?? "";
}
