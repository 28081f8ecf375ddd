namespace Kube.Module.Base;

/// <summary>Kinds by the names that people give them.</summary>
static class AnyKind
{
    /// <summary>The kind that is named or that an object is of.</summary>
    /// <exception cref="KubeCmdletException">None is named, or the server has none of that name.</exception>
    public static Task<KubeResource> ResolveAsync(KubeApi api, string? name, KubeObject? subject, CancellationToken cancel)
    {
        if (subject is not null) return ResolveAsync(api, subject.ApiVersion, subject.Kind, cancel);
        return name is not null
            ? Known(api, () => api.FindResourceAsync(name, cancel), name)
            : throw new KubeCmdletException(Errors.ParameterInvalid, "Nothing says which kind is meant: give one, such as 'pods', with -Kind.");
    }

    /// <summary>The kind that a document is of.</summary>
    /// <exception cref="KubeCmdletException">The server has no such kind.</exception>
    public static Task<KubeResource> ResolveAsync(KubeApi api, string apiVersion, string kind, CancellationToken cancel) =>
        Known(api, () => api.FindResourceAsync(apiVersion, kind, cancel), kind);

    /// <summary>Whether a word is one of a kind's names.</summary>
    public static bool Is(KubeResource resource, string word)
    {
        var name = word.Split('.', 2);
        var group = name.Length > 1 ? name[1] : resource.Group;
        return string.Equals(group, resource.Group, StringComparison.OrdinalIgnoreCase)
            && new[] { resource.Kind, resource.Name, resource.Singular }.Concat(resource.ShortNames).Contains(name[0], StringComparer.OrdinalIgnoreCase);
    }

    static async Task<KubeResource> Known(KubeApi api, Func<Task<KubeResource>> find, string name)
    {
        try
        {
            return await find();
        }
        catch (KubeOperationException exception) when (exception.Status.Code == 404)
        {
            throw new KubeCmdletException(Errors.UnknownKind, $"{api.Connection.Name}: {exception.Message}.", exception) { Target = name };
        }
    }
}
