using System.Management.Automation;
using Kube.Module.Base;

namespace Kube.Module.Commands;

/// <summary>Deletes deployments.</summary>
[Cmdlet(VerbsCommon.Remove, "KubeDeployment", SupportsShouldProcess = true)]
[OutputType(typeof(KubeDeployment), typeof(KubeFieldDifference))]
public sealed class RemoveKubeDeploymentCommand : RemoveNamespacedCmdlet
{
    /// <inheritdoc/>
    protected override KubeResource GetResource(KubeApi api) => KubeResources.Deployments;
}
