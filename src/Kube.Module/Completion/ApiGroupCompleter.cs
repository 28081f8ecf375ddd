namespace Kube.Module.Completion;

/// <summary>The API groups of the server.</summary>
public sealed class ApiGroupCompleter : Completer
{
    private protected override async Task<IEnumerable<Candidate>> FindAsync(TypedCommand command, string word, CancellationToken cancel)
    {
        var all = await command.Connect().GetResourcesAsync(cancel).ConfigureAwait(false);
        return all.GroupBy(resource => resource.Group)
            .Select(group => new Candidate(group.Key.Length == 0 ? "core" : group.Key, string.Join(", ", group.Select(resource => resource.Kind).Distinct())));
    }
}
