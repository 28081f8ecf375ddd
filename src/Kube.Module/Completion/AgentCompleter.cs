using Kube.Module.Agents;

namespace Kube.Module.Completion;

/// <summary>The agents on this machine.</summary>
public sealed class AgentCompleter : Completer
{
    private protected override Task<IEnumerable<Candidate>> FindAsync(TypedCommand command, string word, CancellationToken cancel) =>
        Task.FromResult(AgentFolder.All().Select(folder => folder.Read()).Select(agent => new Candidate(agent.Name, Describe(agent))));

    static string Describe(KubeAgent agent) => agent.ClusterServer is { } server ? $"{agent.State}, {agent.Runtime}, node of {agent.Cluster} ({server})" : $"{agent.State}, node of {agent.Cluster}";
}
