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
            ? OrUnknownAsync(api, () => api.FindResourceAsync(name, cancel), name, cancel)
            : throw new KubeCmdletException(Errors.ParameterInvalid, "Nothing says which kind is meant: give one, such as 'pods', with -Kind.");
    }

    /// <summary>The kind that a document is of.</summary>
    /// <exception cref="KubeCmdletException">The server has no such kind.</exception>
    public static Task<KubeResource> ResolveAsync(KubeApi api, string apiVersion, string kind, CancellationToken cancel) =>
        OrUnknownAsync(api, () => api.FindResourceAsync(apiVersion, kind, cancel), kind, cancel);

    /// <summary>The kinds that a text names: one, several with commas between, a category such as <c>all</c>, or kinds with names such as <c>pod/web</c>.</summary>
    /// <exception cref="KubeCmdletException">None is named, the server has none of that name, or names are given twice over.</exception>
    public static async Task<IReadOnlyList<ObjectTarget>> ResolveAllAsync(KubeApi api, string? text, IReadOnlyList<string> names, CancellationToken cancel)
    {
        var words = text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (words.Length == 0) return [new(await ResolveAsync(api, text, subject: null, cancel).ConfigureAwait(false), names)];
        var targets = new List<ObjectTarget>();
        foreach (var word in words)
        {
            if (NamedObject.Split(word) is ({ } kind, var name))
            {
                if (names.Count > 0) throw new KubeCmdletException(Errors.ParameterInvalid, $"'{word}' says a name already: leave -Name out.");
                targets.Add(new(await ResolveAsync(api, kind, subject: null, cancel).ConfigureAwait(false), [name]));
                continue;
            }
            if (names.Count > 0 && words.Length > 1) throw new KubeCmdletException(Errors.ParameterInvalid, "A name is of one kind: say pod/web,service/web for objects of several.");
            targets.AddRange((await ResolveWordAsync(api, word, cancel).ConfigureAwait(false)).Select(resource => new ObjectTarget(resource, names)));
        }
        return targets.Count == 1 ? targets : [.. targets.DistinctBy(target => (target.Resource.Group, target.Resource.Name, string.Join(',', target.Names))).Select(target => target with { IsOneOfMany = true })];
    }

    static async Task<IReadOnlyList<KubeResource>> ResolveWordAsync(KubeApi api, string word, CancellationToken cancel)
    {
        try
        {
            return [await ResolveAsync(api, word, subject: null, cancel).ConfigureAwait(false)];
        }
        catch (KubeCmdletException exception) when (exception.Error == Errors.UnknownKind)
        {
            var members = (await api.GetResourcesAsync(cancel).ConfigureAwait(false))
                .Where(resource => resource.Verbs.Contains("list") && resource.Categories.Contains(word, StringComparer.OrdinalIgnoreCase))
                // The version that its group prefers comes first.
                .DistinctBy(resource => (resource.Group, resource.Name)).ToArray();
            if (members.Length == 0) throw;
            return members;
        }
    }

    /// <summary>Whether a word is one of a kind's names.</summary>
    public static bool Is(KubeResource resource, string word)
    {
        var name = word.Split('.', 2);
        var group = name.Length > 1 ? name[1] : resource.Group;
        return string.Equals(group, resource.Group, StringComparison.OrdinalIgnoreCase)
            && new[] { resource.Kind, resource.Name, resource.Singular }.Concat(resource.ShortNames).Contains(name[0], StringComparer.OrdinalIgnoreCase);
    }

    static async Task<KubeResource> OrUnknownAsync(KubeApi api, Func<Task<KubeResource>> find, string name, CancellationToken cancel)
    {
        try
        {
            return await find().ConfigureAwait(false);
        }
        catch (KubeOperationException exception) when (exception.Status.Code == 404)
        {
            var known = await api.GetResourcesAsync(cancel).ConfigureAwait(false);
            throw new KubeCmdletException(Errors.UnknownKind, $"{api.Connection.Name}: {exception.Message}.", exception)
            {
                Target = name,
                Advice = Spelling.Ask(name.Split('.')[0], known.SelectMany(resource => new[] { resource.Name, resource.Singular })) is { } question ? $"{question} Get-KubeApiResource lists the kinds there are." : null,
            };
        }
    }
}
