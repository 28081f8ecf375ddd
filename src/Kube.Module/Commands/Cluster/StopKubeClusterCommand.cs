using System.Management.Automation;
using Kube.Module.Base;
using Kube.Module.LocalCluster;

namespace Kube.Module.Commands;

/// <summary>Stops one of Kube's own clusters. A session that was connected to it is connected to none.</summary>
[Cmdlet(VerbsLifecycle.Stop, "KubeCluster", SupportsShouldProcess = true)]
[OutputType(typeof(KubeCluster))]
public sealed class StopKubeClusterCommand : CancellableCmdlet
{
    /// <summary>Its name.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["kube"];

    /// <summary>Remove all that belongs to it: its pods and their containers, its data, its context in the user's kubeconfig.</summary>
    [Parameter]
    public SwitchParameter Remove { get; set; }

    /// <summary>Hand the cluster on.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var name in Name) Try(name, () => Stop(ClusterFolder.Of(name)));
    }

    void Stop(ClusterFolder folder)
    {
        if (!folder.Exists) throw new KubeCmdletException(Errors.ClusterNotFound, $"There is no cluster '{folder.Name}'.");
        if (!(Remove ? ConfirmHigh(folder.Name, "Stop cluster and remove its pods and data") : Confirm(folder.Name, "Stop cluster"))) return;
        using (var process = folder.ReadStatus() is { } status ? ClusterFolder.FindProcess(status) : null)
        {
            if (process is not null)
            {
                using var connection = folder.Connect();
                // A cluster in memory takes its containers down itself.
                if (Remove && !folder.IsInMemory) Await(PodSweep.RunAsync(new KubeApi(connection), Cancel));
                if (KubeSession.Current.Connection?.Server == connection.Server) KubeSession.Current.Disconnect();
                Await(ServerProcess.StopAsync(process, Cancel));
            }
        }
        if (PassThru) WriteObject(folder.Read());
        if (!Remove) return;
        folder.Forget();
        Directory.Delete(folder.Path, recursive: true);
    }
}
