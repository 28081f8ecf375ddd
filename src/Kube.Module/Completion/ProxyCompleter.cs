using Kube.Module.Proxies;

namespace Kube.Module.Completion;

/// <summary>The proxies on this machine.</summary>
public sealed class ProxyCompleter : Completer
{
    private protected override Task<IEnumerable<Candidate>> FindAsync(TypedCommand command, string word, CancellationToken cancel) =>
        Task.FromResult(ProxyFolder.All().Select(folder => folder.Read()).Select(proxy => new Candidate(proxy.Name, Describe(proxy))));

    static string Describe(KubeProxy proxy) => proxy.Server is { } server ? $"{proxy.State}, {server} to {proxy.Cluster}" : $"{proxy.State}, {proxy.DataPath}";
}
