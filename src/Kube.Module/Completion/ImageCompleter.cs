using Kube.Module.Base;

namespace Kube.Module.Completion;

/// <summary>Images that pods of the cluster use.</summary>
public sealed class ImageCompleter : Completer
{
    private protected override async Task<IEnumerable<Candidate>> FindAsync(TypedCommand command, string word, CancellationToken cancel)
    {
        var api = command.Connect();
        return (await PodsAsync(api, command.Get<string>("Namespace"), cancel).ConfigureAwait(false))
            .OfType<KubePod>()
            .SelectMany(pod => pod.Images.Select(image => (Image: image, pod.Name)))
            .GroupBy(use => use.Image)
            .OrderBy(image => image.Key, StringComparer.Ordinal)
            .Select(image => new Candidate(image.Key, Describe([.. image.Select(use => use.Name).Distinct()])));
    }

    static async Task<IReadOnlyList<KubeObject>> PodsAsync(KubeApi api, string? @namespace, CancellationToken cancel)
    {
        try
        {
            return await RecentObjects.FindAsync(api, new ObjectQuery(KubeResources.Pods, null, new ListOptions()), cancel).ConfigureAwait(false);
        }
        catch (KubeOperationException refused) when (refused.Status.Code == 403)
        {
            // Not everybody may look into every namespace.
            return await RecentObjects.FindAsync(api, new ObjectQuery(KubeResources.Pods, @namespace ?? api.Connection.Namespace, new ListOptions()), cancel).ConfigureAwait(false);
        }
    }

    static string Describe(string[] pods) => "used by " + string.Join(", ", pods.Take(3)) + (pods.Length > 3 ? $" and {pods.Length - 3} more" : "");
}
