namespace Kube.Http;

/// <summary>The paths of a Kubernetes API.</summary>
static class ResourcePath
{
    /// <summary>All objects of a resource, in one namespace or (null) in all.</summary>
    public static string OfAll(KubeResource resource, string? @namespace) =>
        Root(resource) + (resource.Namespaced && @namespace is not null ? "/namespaces/" + Segment(@namespace, "namespace") : "") + "/" + resource.Name;

    /// <summary>Where a new object is posted.</summary>
    public static string ForNew(KubeResource resource, string? @namespace) => OfAll(resource, Needed(resource, @namespace));

    /// <summary>One object, or a subresource of it such as <c>status</c>. The namespace does not matter to what has none.</summary>
    public static string Of(KubeResource resource, string? @namespace, string name, string? subresource) =>
        OfAll(resource, Needed(resource, @namespace)) + "/" + Segment(name, "name")
        + (subresource is null ? "" : "/" + string.Join('/', subresource.Split('/').Select(s => Segment(s, "subresource"))));

    static string Root(KubeResource resource) =>
        resource.Group.Length == 0 ? "/api/" + resource.Version : $"/apis/{resource.Group}/{resource.Version}";

    static string? Needed(KubeResource resource, string? @namespace) => resource.Namespaced && @namespace is null
        ? throw new ArgumentException($"A {resource.Kind} is in a namespace; none is given.", nameof(@namespace)) : @namespace;

    // As Kubernetes (path.IsValidPathSegmentName): an empty name or one of dots would make the URL that of something else, even of all.
    static string Segment(string text, string what)
    {
        if (text is "" or "." or ".." || text.Contains('/') || text.Contains('%'))
            throw new ArgumentException($"'{text}' is no {what}: it may not be empty, '.' or '..', nor hold '/' or '%'.", what);
        return Uri.EscapeDataString(text);
    }
}
