using System.Management.Automation;
using Kube.Module.Base;

namespace Kube.Module.Commands;

/// <summary>Deletes secrets.</summary>
[Cmdlet(VerbsCommon.Remove, "KubeSecret", SupportsShouldProcess = true)]
[OutputType(typeof(KubeSecret), typeof(KubeFieldDifference))]
public sealed class RemoveKubeSecretCommand : RemoveNamespacedCmdlet
{
    /// <inheritdoc/>
    protected override KubeResource GetResource(KubeApi api) => KubeResources.Secrets;
}
