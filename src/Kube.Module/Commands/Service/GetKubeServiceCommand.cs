using System.Management.Automation;
using Kube.Module.Base;

namespace Kube.Module.Commands;

/// <summary>Reads services.</summary>
[Cmdlet(VerbsCommon.Get, "KubeService")]
[OutputType(typeof(KubeService))]
public sealed class GetKubeServiceCommand : GetNamespacedCmdlet
{
    /// <inheritdoc/>
    protected override KubeResource GetResource(KubeApi api) => KubeResources.Services;
}
