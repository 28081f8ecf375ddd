namespace Kube.Module.Completion;

/// <summary>Names of deployments in the command's namespace.</summary>
public sealed class DeploymentNameCompleter : KindNameCompleter
{
    private protected override KubeResource Resource => KubeResources.Deployments;
}
