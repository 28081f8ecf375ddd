using System.Management.Automation;
using Kube.Module.Base;

namespace Kube.Module.Commands;

/// <summary>Reads replication controllers.</summary>
[Cmdlet(VerbsCommon.Get, "KubeReplicationController")]
[OutputType(typeof(KubeReplicationController))]
public sealed class GetKubeReplicationControllerCommand : GetNamespacedCmdlet
{
    /// <inheritdoc/>
    protected override KubeResource GetResource(KubeApi api) => KubeResources.ReplicationControllers;
}
