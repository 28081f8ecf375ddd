namespace Kube.Module.Completion;

/// <summary>Names of pods in the command's namespace.</summary>
public sealed class PodNameCompleter : KindNameCompleter
{
    private protected override KubeResource Resource => KubeResources.Pods;
}
