using Kube.Config;

namespace Kube.Module.Completion;

/// <summary>Contexts of the kubeconfig: of the file named, where one is.</summary>
public sealed class ContextCompleter : Completer
{
    private protected override Task<IEnumerable<Candidate>> FindAsync(TypedCommand command, string word, CancellationToken cancel)
    {
        var config = command.GetPath("KubeConfigPath") is { } path ? KubeConfig.Load(path) : KubeConfig.Load();
        return Task.FromResult(KubeContext.All(config, command.Session).Select(context => new Candidate(context.Name, Describe(context))));
    }

    static string Describe(KubeContext context) =>
        $"cluster {context.Cluster ?? "none"}, user {context.User ?? "none"}, namespace {context.Namespace}" + (context.IsCurrent ? " (current)" : "");
}
