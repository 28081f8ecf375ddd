using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kube.Server.Api;

/// <summary>Answers <c>/version</c>: which Kubernetes the API is like, and which Kube serves it.</summary>
static class VersionEndpoint
{
    const string Major = "1";
    const string Minor = "36";

    /// <summary>Clients read this as a semantic version; what follows the plus says whose it is.</summary>
    public static string GitVersion { get; } = $"v{Major}.{Minor}.0+kube.{typeof(VersionEndpoint).Assembly.GetName().Version!.ToString(3)}";

    static readonly byte[] Body = Write();

    public static Task AnswerAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = Body.Length;
        return context.Response.Body.WriteAsync(Body, context.RequestAborted).AsTask();
    }

    static byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["major"] = Major,
        ["minor"] = Minor,
        ["gitVersion"] = GitVersion,
        ["gitCommit"] = "",
        ["gitTreeState"] = "",
        ["buildDate"] = "1970-01-01T00:00:00Z",
        ["goVersion"] = "",
        ["compiler"] = ".NET " + Environment.Version,
        ["platform"] = System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier.Replace('-', '/'),
    }, JsonText.NodeOptions);
}
