using System.Management.Automation;
using Kube.Module.Base;

namespace Kube.Module.Commands;

/// <summary>Leaves this session's connection. Until the next Connect-KubeCluster, Use-KubeContext or Start-KubeCluster there is none.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "KubeCluster", SupportsShouldProcess = true)]
[OutputType(typeof(KubeConnection))]
public sealed class DisconnectKubeClusterCommand : CancellableCmdlet
{
    /// <summary>Hand the connection on that is left, where there is one.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var session = KubeSession.Current;
        var left = session.Connection;
        if (!Confirm(left?.ToString() ?? "The kubeconfig's current context", "Disconnect")) return;
        session.Disconnect();
        if (PassThru && left is not null) WriteObject(left);
    }
}
