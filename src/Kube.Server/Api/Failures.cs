using Kube.Server.Kinds;

namespace Kube.Server.Api;

/// <summary>The failures that requests end with, in the words of apimachinery's <c>pkg/api/errors</c>, which clients match on.</summary>
static class Failures
{
    public static StatusException NotFound(KindDefinition kind, string name) => new(
        new Status(404, "NotFound", $"{kind.QualifiedResource} \"{name}\" not found") { Details = Details(kind, name) });

    public static StatusException AlreadyExists(KindDefinition kind, string name) => new(
        new Status(409, "AlreadyExists", $"{kind.QualifiedResource} \"{name}\" already exists") { Details = Details(kind, name) });

    public static StatusException Conflict(KindDefinition kind, string name, string why) => new(
        new Status(409, "Conflict", $"Operation cannot be fulfilled on {kind.QualifiedResource} \"{name}\": {why}") { Details = Details(kind, name) });

    public static StatusException Modified(KindDefinition kind, string name) => Conflict(kind, name,
        "the object has been modified; please apply your changes to the latest version and try again");

    public static StatusException Forbidden(KindDefinition kind, string name, string why, params StatusCause[] causes) => new(
        new Status(403, "Forbidden", $"{kind.QualifiedResource} \"{name}\" is forbidden: {why}")
        {
            Details = Details(kind, name) with { Causes = causes },
        });

    public static StatusException Unauthorized() => new(
        new Status(401, "Unauthorized", "Unauthorized"));

    public static StatusException BadRequest(string why) => new(
        new Status(400, "BadRequest", why));

    public static StatusException MethodNotAllowed(string why = "the server does not allow this method on the requested resource") => new(
        new Status(405, "MethodNotAllowed", why) { Details = new StatusDetails() });

    public static StatusException NoSuchResource() => new(
        new Status(404, "NotFound", "the server could not find the requested resource") { Details = new StatusDetails() });

    public static StatusException Expired(string why) => new(
        new Status(410, "Expired", why));

    public static StatusException NotAcceptable(string supported) => new(
        new Status(406, "NotAcceptable", $"only the following media types are accepted: {supported}"));

    public static StatusException UnsupportedMediaType(string supported) => new(
        new Status(415, "UnsupportedMediaType", $"the body of the request was in an unknown format - accepted media types include: {supported}"));

    public static StatusException RevisionTooLarge(long asked, long current) => new(
        new Status(504, "Timeout", $"Timeout: Too large resource version: {asked}, current: {current}")
        {
            Details = new StatusDetails { Causes = [new("ResourceVersionTooLarge", "Too large resource version")], RetryAfterSeconds = 1 },
        });

    public static StatusException Internal(string why) => new(
        new Status(500, "InternalError", $"Internal error occurred: {why}") { Details = new StatusDetails { Causes = [new("", why)] } });

    public static StatusException Invalid(KindDefinition kind, string name, IReadOnlyList<StatusCause> causes) => new(
        new Status(422, "Invalid", $"{kind.QualifiedKind} \"{name}\" is invalid: {Join(causes)}")
        {
            Details = new StatusDetails(name, kind.Group, kind.Kind) { Causes = causes },
        });

    /// <param name="options">What the parameters of the request's verb are called.</param>
    public static StatusException InvalidOption(string options, StatusCause cause) => new(
        new Status(422, "Invalid", $"{options}.meta.k8s.io \"\" is invalid: {cause.Field}: {cause.Message}")
        {
            Details = new StatusDetails("", "meta.k8s.io", options) { Causes = [cause] },
        });

    static StatusDetails Details(KindDefinition kind, string name) => new(name, kind.Group, kind.Plural);

    static string Join(IReadOnlyList<StatusCause> causes)
    {
        var texts = causes.Select(c => c.Field.Length == 0 ? c.Message : $"{c.Field}: {c.Message}").Distinct().ToList();
        return texts.Count == 1 ? texts[0] : $"[{string.Join(", ", texts)}]";
    }
}
