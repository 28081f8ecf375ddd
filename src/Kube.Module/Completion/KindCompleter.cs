namespace Kube.Module.Completion;

/// <summary>Kinds that the server can list: by their plural names and short names; by their proper names where one begins with a capital.</summary>
public sealed class KindCompleter : Completer
{
    private protected override Task<IEnumerable<Candidate>> FindAsync(TypedCommand command, string word, CancellationToken cancel) => FindAsync(command.Connect(), word, cancel);

    /// <summary>The kinds of a server that begin as a word does.</summary>
    internal static async Task<IEnumerable<Candidate>> FindAsync(KubeApi api, string word, CancellationToken cancel)
    {
        var all = await api.GetResourcesAsync(cancel).ConfigureAwait(false);
        var kinds = all.Where(resource => resource.Verbs.Contains("list")).ToArray();
        if (word.Length > 0 && char.IsUpper(word[0])) return Named(kinds, resource => [resource.Kind]);
        return Named(kinds, resource => [resource.Name]).Concat(Named(kinds, resource => resource.ShortNames));
    }

    /// <summary>Each kind by its name; where an earlier one has that name already, with the group that tells them apart.</summary>
    static IEnumerable<Candidate> Named(IReadOnlyList<KubeResource> kinds, Func<KubeResource, IReadOnlyList<string>> names)
    {
        var taken = new Dictionary<string, KubeResource>(StringComparer.OrdinalIgnoreCase);
        foreach (var kind in kinds)
        {
            foreach (var name in names(kind))
            {
                if (taken.TryAdd(name, kind)) yield return new Candidate(name, Describe(kind));
                // A further version of the same group is the same kind.
                else if (taken[name].Group != kind.Group) yield return new Candidate($"{name}.{kind.Group}", Describe(kind));
            }
        }
    }

    static string Describe(KubeResource kind) =>
        $"{kind.Kind} ({kind.ApiVersion})" + (kind.ShortNames.Count > 0 ? $", {string.Join(", ", kind.ShortNames)}" : "") + (kind.Namespaced ? "" : ", in no namespace");
}
