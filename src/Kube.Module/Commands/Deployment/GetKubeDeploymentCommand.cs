using System.Management.Automation;
using Kube.Module.Base;

namespace Kube.Module.Commands;

/// <summary>Reads deployments.</summary>
[Cmdlet(VerbsCommon.Get, "KubeDeployment")]
[OutputType(typeof(KubeDeployment))]
public sealed class GetKubeDeploymentCommand : GetNamespacedCmdlet
{
    /// <inheritdoc/>
    protected override KubeResource GetResource(KubeApi api) => KubeResources.Deployments;
}
