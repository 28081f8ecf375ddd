using System.Management.Automation;
using Kube.Module.Base;

namespace Kube.Module.Commands;

/// <summary>Deletes replication controllers.</summary>
[Cmdlet(VerbsCommon.Remove, "KubeReplicationController", SupportsShouldProcess = true)]
[OutputType(typeof(KubeReplicationController), typeof(KubeFieldDifference))]
public sealed class RemoveKubeReplicationControllerCommand : RemoveNamespacedCmdlet
{
    /// <inheritdoc/>
    protected override KubeResource GetResource(KubeApi api) => KubeResources.ReplicationControllers;
}
