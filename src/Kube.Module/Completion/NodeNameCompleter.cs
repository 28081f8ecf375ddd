namespace Kube.Module.Completion;

/// <summary>Names of nodes.</summary>
public sealed class NodeNameCompleter : KindNameCompleter
{
    private protected override KubeResource Resource => KubeResources.Nodes;
}
