using System.Management.Automation;
using Kube.Module.Base;
using Kube.Module.Completion;
using Kube.Module.LocalCluster;

namespace Kube.Module.Commands;

/// <summary>Stops Kube's own clusters; one in memory is gone then. A session that was connected to it is connected to none.</summary>
[Cmdlet(VerbsLifecycle.Stop, "KubeCluster", SupportsShouldProcess = true)]
[OutputType(typeof(KubeCluster))]
public sealed class StopKubeClusterCommand : CancellableCmdlet
{
    /// <summary>Names.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ClusterCompleter))]
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
        foreach (var name in Name)
            Try(name, () =>
            {
                foreach (var folder in ClusterFolder.Find(name)) Try(folder.Name, () => Stop(folder));
            });
    }

    void Stop(ClusterFolder folder)
    {
        if (!(Remove ? ConfirmHigh(folder.Name, "Stop cluster and remove its pods and data") : Confirm(folder.Name, "Stop cluster"))) return;
        var forget = Remove || folder.IsInMemory;
        using (var process = folder.ReadStatus()?.FindProcess())
        {
            // A cluster in memory takes its containers down itself.
            if (process is not null && Remove && !folder.IsInMemory) Sweep(folder);
            folder.Leave();
            if (forget) folder.Forget();
            if (process is not null) Await(ServerProcess.StopAsync(process, Cancel));
            else if (Remove && folder.ReadSettings() is { } settings) SweepStopped(folder, settings);
        }
        if (PassThru) WriteObject(folder.Read());
        if (forget) Directory.Delete(folder.Path, recursive: true);
    }

    /// <summary>The containers of a cluster that has stopped run on: its server comes back once more to end them.</summary>
    void SweepStopped(ClusterFolder folder, string[] settings)
    {
        try
        {
            Await(folder.StartServerAsync(settings, inMemory: false, Cancel));
        }
        catch (KubeCmdletException exception)
        {
            WriteWarning($"Containers of '{folder.Name}' may be left on the engine, as its server does not start to remove them: {exception.Message}");
            return;
        }
        Sweep(folder);
        using var process = folder.ReadStatus()?.FindProcess();
        if (process is not null) Await(ServerProcess.StopAsync(process, Cancel));
    }

    void Sweep(ClusterFolder folder)
    {
        // What the pods leave on the engine goes with the server.
        File.WriteAllBytes(Path.Combine(folder.Path, "remove"), []);
        using var connection = folder.Connect();
        Await(PodSweep.RunAsync(new KubeApi(connection), Cancel));
    }
}
