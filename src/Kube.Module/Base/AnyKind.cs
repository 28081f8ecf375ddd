namespace Kube.Module.Base;

/// <summary>Kinds by the names that people give them.</summary>
static class AnyKind
{
    /// <summary>The kind that is named or that an object is of.</summary>
    /// <exception cref="KubeCmdletException">None is named, or the server has none of that name.</exception>
    public static async Task<KubeResource> ResolveAsync(KubeApi api, string? name, KubeObject? subject, CancellationToken cancel)
    {
        if (subject is not null) return await ResolveAsync(api, subject.ApiVersion, subject.Kind, cancel);
        if (name is null) throw new KubeCmdletException(Errors.ParameterInvalid, "Nothing says which kind is meant: give one, such as 'pods', with -Kind.");
        return await api.FindResourceAsync(name, cancel) ?? throw Unknown(api, name);
    }

    /// <summary>The kind that a document is of.</summary>
    /// <exception cref="KubeCmdletException">The server has no such kind.</exception>
    public static async Task<KubeResource> ResolveAsync(KubeApi api, string apiVersion, string kind, CancellationToken cancel) =>
        await api.FindResourceAsync(apiVersion, kind, cancel) ?? throw Unknown(api, $"{kind} ({apiVersion})");

    /// <summary>Whether a word is one of a kind's names.</summary>
    public static bool Is(KubeResource resource, string word)
    {
        var name = word.Split('.', 2);
        var group = name.Length > 1 ? name[1] : resource.Group;
        return string.Equals(group, resource.Group, StringComparison.OrdinalIgnoreCase)
            && new[] { resource.Kind, resource.Name, resource.Singular }.Concat(resource.ShortNames).Contains(name[0], StringComparer.OrdinalIgnoreCase);
    }

    static KubeCmdletException Unknown(KubeApi api, string name) => new(Errors.UnknownKind, $"{api.Connection.Name} has no kind '{name}'.") { Target = name };
}
