using Kube.Module.Base;

namespace Kube.Module.Completion;

/// <summary>Names of the objects of one kind, where a command names some beside those that it is about.</summary>
public abstract class KindNameCompleter : Completer
{
    private protected abstract KubeResource Resource { get; }

    private protected override async Task<IEnumerable<Candidate>> FindAsync(TypedCommand command, string word, CancellationToken cancel)
    {
        var api = command.Connect();
        var @namespace = command.Cmdlet is IObjectCommand objects ? objects.GetQuery(api).Namespace : ObjectScope.Of(command.Get<string>("Namespace"), everywhere: false).NamespaceFor(api, Resource);
        var found = await RecentObjects.FindAsync(api, new ObjectQuery(Resource, @namespace, new ListOptions()), cancel).ConfigureAwait(false);
        return found.OrderBy(item => item.Name, StringComparer.Ordinal).Select(item => new Candidate(item.Name, ObjectText.Describe(item)));
    }
}
