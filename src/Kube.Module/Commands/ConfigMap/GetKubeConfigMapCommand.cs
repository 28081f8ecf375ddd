using System.Management.Automation;
using Kube.Module.Base;

namespace Kube.Module.Commands;

/// <summary>Reads config maps.</summary>
[Cmdlet(VerbsCommon.Get, "KubeConfigMap")]
[OutputType(typeof(KubeConfigMap))]
public sealed class GetKubeConfigMapCommand : GetNamespacedCmdlet
{
    /// <inheritdoc/>
    protected override KubeResource GetResource(KubeApi api) => KubeResources.ConfigMaps;
}
