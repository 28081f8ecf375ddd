using System.Text.Json;

namespace Kube.Server.Api;

/// <summary>The parameters that all changes share, checked as Kubernetes checks them.</summary>
static class RequestOptions
{
    const string Everything = "All";

    /// <summary>What the parameters of a method are called in failures.</summary>
    public static string Kind(string method) => method switch
    {
        "PUT" => "UpdateOptions",
        "PATCH" => "PatchOptions",
        "DELETE" => "DeleteOptions",
        _ => "CreateOptions",
    };

    /// <summary>Whether a change is to be tried alone.</summary>
    /// <exception cref="StatusException">Invalid: any other value than <c>All</c>.</exception>
    public static bool ReadDryRun(string method, IReadOnlyList<string> values)
    {
        if (method is "GET" or "HEAD" || values.Count == 0)
            return false;
        if (values.All(v => v == Everything))
            return true;
        var shown = string.Join(", ", values.Select(v => JsonSerializer.Serialize(v, JsonText.NodeOptions)));
        throw Failures.InvalidOption(Kind(method),
            new StatusCause("FieldValueNotSupported", $"Unsupported value: []string{{{shown}}}: supported values: \"{Everything}\"", "dryRun"));
    }
}
