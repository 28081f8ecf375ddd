using System.Management.Automation;
using Kube.Module.Base;

namespace Kube.Module.Commands;

/// <summary>Deletes namespaces, and with them all that they hold.</summary>
[Cmdlet(VerbsCommon.Remove, "KubeNamespace", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(KubeNamespace), typeof(KubeFieldDifference))]
public sealed class RemoveKubeNamespaceCommand : RemoveCmdlet
{
    /// <inheritdoc/>
    protected override KubeResource GetResource(KubeApi api) => KubeResources.Namespaces;
}
