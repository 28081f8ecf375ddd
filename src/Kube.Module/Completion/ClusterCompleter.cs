using Kube.Module.LocalCluster;

namespace Kube.Module.Completion;

/// <summary>Kube's own clusters on this machine.</summary>
public sealed class ClusterCompleter : Completer
{
    private protected override Task<IEnumerable<Candidate>> FindAsync(TypedCommand command, string word, CancellationToken cancel) =>
        Task.FromResult(ClusterFolder.All().Select(folder => folder.Read()).Select(cluster => new Candidate(cluster.Name, Describe(cluster))));

    static string Describe(KubeCluster cluster) => cluster.Server is { } server ? $"{cluster.State}, {cluster.Runtime}, {server}" : $"{cluster.State}, {cluster.DataPath}";
}
