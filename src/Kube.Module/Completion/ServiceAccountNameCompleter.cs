namespace Kube.Module.Completion;

/// <summary>Names of service accounts in the command's namespace.</summary>
public sealed class ServiceAccountNameCompleter : KindNameCompleter
{
    private protected override KubeResource Resource => KubeResources.ServiceAccounts;
}
