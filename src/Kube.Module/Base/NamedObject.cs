using System.Management.Automation;

namespace Kube.Module.Base;

/// <summary>Objects by the names that people type: alone, or behind a kind as kubectl writes them (<c>deploy/web</c>).</summary>
static class NamedObject
{
    /// <summary>The kind and the name in a text such as <c>deploy/web</c>; of a name alone the kind is null.</summary>
    public static (string? Kind, string Name) Split(string text) =>
        text.IndexOf('/') is > 0 and var slash ? (text[..slash], text[(slash + 1)..]) : (null, text);

    /// <summary>A name that may stand in the path of a URL.</summary>
    /// <param name="name">The name.</param>
    /// <param name="what">What it is to name, such as <c>pod</c>.</param>
    /// <exception cref="KubeCmdletException">It would make the URL that of something else, even of all.</exception>
    public static string Check(string name, string what) => name is not ("" or "." or "..") && name.IndexOfAny(['/', '%']) < 0 ? name
        : throw new KubeCmdletException(Errors.Invalid, $"'{name}' cannot be the name of a {what}: it may not be empty, '.' or '..', nor hold '/' or '%'.") { Target = name };

    /// <summary>The object that a name means: of a kind, or of the one that it says itself.</summary>
    public static Task<KubeObject> ReadAsync(KubeApi api, KubeResource resource, string text, ObjectScope scope, CancellationToken cancel) =>
        Split(text) is ({ } kind, var name) && !AnyKind.Is(resource, kind) ? ReadAsync(api, kind, name, scope, cancel)
            : api.GetAsync(resource, scope.NamespaceFor(api, resource), Check(Split(text).Name, resource.Singular), cancel);

    /// <summary>The object that a kind and a name mean.</summary>
    public static async Task<KubeObject> ReadAsync(KubeApi api, string kind, string name, ObjectScope scope, CancellationToken cancel)
    {
        if (WildcardPattern.ContainsWildcardCharacters(name)) throw new KubeCmdletException(Errors.ParameterInvalid, $"Behind a kind stands a whole name, and '{name}' has a wildcard.");
        var resource = await AnyKind.ResolveAsync(api, kind, subject: null, cancel).ConfigureAwait(false);
        if (resource.Namespaced && scope.IsEverywhere) throw new KubeCmdletException(Errors.ParameterInvalid, $"'{kind}/{name}' is one object: leave -AllNamespaces out.");
        return await api.GetAsync(resource, scope.NamespaceFor(api, resource), Check(name, resource.Singular), cancel).ConfigureAwait(false);
    }
}
