using Kube.Module.Base;
using Kube.Module.Commands;

namespace Kube.Module.Completion;

/// <summary>Namespaces of the cluster that the command means.</summary>
public sealed class NamespaceCompleter : Completer
{
    static readonly ObjectQuery Namespaces = new(KubeResources.Namespaces, null, new ListOptions());

    private protected override async Task<IEnumerable<Candidate>> FindAsync(TypedCommand command, string word, CancellationToken cancel)
    {
        // The name that Use-KubeContext takes is a context's.
        var api = command.Cmdlet is UseKubeContextCommand { Name: { Length: > 0 } context } ? command.Connect(context) : command.Connect();
        return (await RecentObjects.FindAsync(api, Namespaces, cancel).ConfigureAwait(false)).Select(item => new Candidate(item.Name, ObjectText.Describe(item)));
    }
}
