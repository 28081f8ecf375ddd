using System.Management.Automation;
using Kube.Module.Base;

namespace Kube.Module.Completion;

/// <summary>The objects that a command means as far as it is typed.</summary>
static class NamedObjects
{
    /// <summary>Those of the names given; all that it chooses from where none is. What comes down the pipeline decides before what the command would find by itself.</summary>
    public static Task<IReadOnlyList<KubeObject>> FindAsync(TypedCommand command, CancellationToken cancel)
    {
        if (command.Objects.Names is not [] || command.Upstream is not { Cmdlet: IObjectCommand source } upstream) return FindAsync(command.Connect(), command.Objects, cancel);
        var api = upstream.Connect();
        var (wanted, given) = (command.Objects.GetQuery(api), source.GetQuery(api));
        // Services and the like stand for pods of their namespace.
        return wanted.Resource == given.Resource ? FindAsync(api, source, cancel) : RecentObjects.FindAsync(api, wanted with { Namespace = given.Namespace }, cancel);
    }

    static async Task<IReadOnlyList<KubeObject>> FindAsync(KubeApi api, IObjectCommand command, CancellationToken cancel)
    {
        var (query, names) = (command.GetQuery(api), command.Names);
        // One pod of ten thousand is asked for alone.
        if (names is [var only] && query.Options is { FieldSelector: null } && !WildcardPattern.ContainsWildcardCharacters(only))
            query = query with { Options = query.Options with { FieldSelector = "metadata.name=" + only } };
        var objects = await RecentObjects.FindAsync(api, query, cancel).ConfigureAwait(false);
        var patterns = names.Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase)).ToArray();
        return patterns.Length == 0 ? objects : [.. objects.Where(item => patterns.Any(pattern => pattern.IsMatch(item.Name)))];
    }
}
