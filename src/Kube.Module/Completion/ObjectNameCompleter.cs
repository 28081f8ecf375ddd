namespace Kube.Module.Completion;

/// <summary>Names of the objects that the command chooses from.</summary>
public sealed class ObjectNameCompleter : Completer
{
    private protected override async Task<IEnumerable<Candidate>> FindAsync(TypedCommand command, string word, CancellationToken cancel)
    {
        var api = command.Connect();
        var objects = await RecentObjects.FindAsync(api, command.Objects.GetQuery(api), cancel).ConfigureAwait(false);
        return objects.OrderBy(item => item.Name, StringComparer.Ordinal).Select(item => new Candidate(item.Name, ObjectText.Describe(item)));
    }
}
