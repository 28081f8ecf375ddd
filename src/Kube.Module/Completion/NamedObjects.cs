using System.Management.Automation;

namespace Kube.Module.Completion;

/// <summary>The objects that a command means as far as it is typed.</summary>
static class NamedObjects
{
    /// <summary>Those of the names given; all that it chooses from where none is.</summary>
    public static async Task<IReadOnlyList<KubeObject>> FindAsync(TypedCommand command, KubeApi api, CancellationToken cancel)
    {
        var query = command.Objects.GetQuery(api);
        var names = command.Objects.Names;
        // One pod of ten thousand is asked for alone.
        if (names is [var only] && query.Options is { FieldSelector: null } && !WildcardPattern.ContainsWildcardCharacters(only))
            query = query with { Options = query.Options with { FieldSelector = "metadata.name=" + only } };
        var objects = await RecentObjects.FindAsync(api, query, cancel).ConfigureAwait(false);
        var patterns = names.Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase)).ToArray();
        return patterns.Length == 0 ? objects : [.. objects.Where(item => patterns.Any(pattern => pattern.IsMatch(item.Name)))];
    }
}
