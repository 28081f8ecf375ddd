namespace Kube.Module.Completion;

/// <summary>Names of services in the command's namespace.</summary>
public sealed class ServiceNameCompleter : KindNameCompleter
{
    private protected override KubeResource Resource => KubeResources.Services;
}
