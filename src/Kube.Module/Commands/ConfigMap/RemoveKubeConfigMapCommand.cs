using System.Management.Automation;
using Kube.Module.Base;

namespace Kube.Module.Commands;

/// <summary>Deletes config maps.</summary>
[Cmdlet(VerbsCommon.Remove, "KubeConfigMap", SupportsShouldProcess = true)]
[OutputType(typeof(KubeConfigMap), typeof(KubeFieldDifference))]
public sealed class RemoveKubeConfigMapCommand : RemoveNamespacedCmdlet
{
    /// <inheritdoc/>
    protected override KubeResource GetResource(KubeApi api) => KubeResources.ConfigMaps;
}
