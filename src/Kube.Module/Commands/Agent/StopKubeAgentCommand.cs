using System.Management.Automation;
using Kube.Config;
using Kube.Module.Agents;
using Kube.Module.Base;
using Kube.Module.Completion;
using Kube.Module.LocalCluster;

namespace Kube.Module.Commands;

/// <summary>Stops agents. The containers of their pods run on, and the next start takes them up again.</summary>
[Cmdlet(VerbsLifecycle.Stop, "KubeAgent", SupportsShouldProcess = true)]
[OutputType(typeof(KubeAgent))]
public sealed class StopKubeAgentCommand : CancellableCmdlet
{
    /// <summary>Names; absent: this machine's.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AgentCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Remove all that belongs to it: its node with the pods there, their containers, its files.</summary>
    [Parameter]
    public SwitchParameter Remove { get; set; }

    /// <summary>Hand the agent on.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var name in Name ?? [NodeName.OfThisMachine])
            Try(name, () =>
            {
                foreach (var folder in AgentFolder.Find(name)) Try(folder.Name, () => Stop(folder));
            });
    }

    void Stop(AgentFolder folder)
    {
        if (!Confirm(folder.Name, Remove ? "Stop agent and remove its node and pods" : "Stop agent")) return;
        var settings = folder.ReadSettings();
        var cluster = Remove && settings is not null ? new Lazy<KubeConnection>(() => folder.Connect(settings)) : null;
        var isReached = cluster is not null;
        using (var process = folder.ReadStatus()?.FindProcess())
        {
            if (process is not null && Remove)
            {
                folder.MarkForRemoval();
                isReached = cluster is not null && Ask(folder, cluster, NodeSweep.EmptyAsync);
            }
            if (process is not null) Await(ServerProcess.StopAsync(process, Cancel));
            // On Windows a process is ended without being asked to clear up.
            if (Remove && settings is not null && (process is null || OperatingSystem.IsWindows())) RemoveContainers(folder, settings);
        }
        if (isReached) Ask(folder, cluster!, NodeSweep.RemoveAsync);
        if (cluster is { IsValueCreated: true }) cluster.Value.Dispose();
        if (PassThru) WriteObject(folder.Read());
        if (Remove) Directory.Delete(folder.Path, recursive: true);
    }

    /// <summary>Does something in the agent's cluster, which may be gone: what is here is removed all the same.</summary>
    /// <returns>Whether it was done.</returns>
    bool Ask(AgentFolder folder, Lazy<KubeConnection> cluster, Func<KubeApi, string, CancellationToken, Task> action)
    {
        try
        {
            Await(action(new KubeApi(cluster.Value), folder.Name, Cancel));
            return true;
        }
        catch (Exception exception) when (exception is KubeException or KubeConfigException)
        {
            WriteWarning($"Node '{folder.Name}' and pods of it may be left in its cluster: {exception.Message} Where the cluster is still there, Remove-KubeResource node {folder.Name} removes it.");
            return false;
        }
    }

    void RemoveContainers(AgentFolder folder, string[] settings)
    {
        try
        {
            Await(folder.RemoveContainersAsync(settings, Cancel));
        }
        catch (KubeCmdletException exception)
        {
            WriteWarning($"Containers of '{folder.Name}' may be left on the engine: {exception.Message}");
        }
    }
}
