namespace Kube.Module.Completion;

/// <summary>The versions of API groups, such as <c>apps/v1</c>.</summary>
public sealed class ApiVersionCompleter : Completer
{
    private protected override async Task<IEnumerable<Candidate>> FindAsync(TypedCommand command, string word, CancellationToken cancel) =>
        (await command.Connect().GetResourcesAsync(cancel).ConfigureAwait(false))
            .GroupBy(resource => resource.ApiVersion).Select(group => new Candidate(group.Key, string.Join(", ", group.Select(resource => resource.Kind))));
}
