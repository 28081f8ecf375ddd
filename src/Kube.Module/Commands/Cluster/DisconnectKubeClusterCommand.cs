using System.Management.Automation;
using Kube.Module.Base;

namespace Kube.Module.Commands;

/// <summary>Leaves this session's connection. Until the next Connect-KubeCluster, Use-KubeContext or Start-KubeCluster there is none.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "KubeCluster")]
public sealed class DisconnectKubeClusterCommand : CancellableCmdlet
{
    /// <inheritdoc/>
    protected override void Process() => KubeSession.Current.Disconnect();
}
