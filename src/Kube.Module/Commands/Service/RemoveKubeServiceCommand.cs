using System.Management.Automation;
using Kube.Module.Base;

namespace Kube.Module.Commands;

/// <summary>Deletes services.</summary>
[Cmdlet(VerbsCommon.Remove, "KubeService", SupportsShouldProcess = true)]
[OutputType(typeof(KubeService), typeof(KubeFieldDifference))]
public sealed class RemoveKubeServiceCommand : RemoveNamespacedCmdlet
{
    /// <inheritdoc/>
    protected override KubeResource GetResource(KubeApi api) => KubeResources.Services;
}
