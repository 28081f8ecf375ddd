using System.Management.Automation;
using Kube.Module.Base;

namespace Kube.Module.Commands;

/// <summary>Creates replication controllers from manifests.</summary>
[Cmdlet(VerbsCommon.New, "KubeReplicationController", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(KubeReplicationController), typeof(KubeFieldDifference))]
public sealed class NewKubeReplicationControllerCommand : NewNamespacedCmdlet
{
    private protected override KubeResource OnlyKind => KubeResources.ReplicationControllers;
}
