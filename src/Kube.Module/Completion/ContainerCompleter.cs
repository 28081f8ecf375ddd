namespace Kube.Module.Completion;

/// <summary>Containers of the pods that are named; without a name, of all that the command chooses from.</summary>
public sealed class ContainerCompleter : Completer
{
    private protected override async Task<IEnumerable<Candidate>> FindAsync(TypedCommand command, string word, CancellationToken cancel)
    {
        var pods = await NamedObjects.FindAsync(command, cancel).ConfigureAwait(false);
        return pods.OfType<KubePod>()
            .SelectMany(pod => pod.ContainerStatuses)
            .GroupBy(status => status.Container)
            .Select(group => new Candidate(group.Key, Describe(group.First()) + (group.Count() > 1 ? $", and {group.Count() - 1} more" : "")));
    }

    static string Describe(KubeContainerStatus status) =>
        string.Join(", ", new[] { status.ToString(), status.ContainerType == KubeContainerType.Container ? null : $"{status.ContainerType} container", $"{status.State}", status.Reason, status.Image }
            .Where(part => !string.IsNullOrEmpty(part)));
}
