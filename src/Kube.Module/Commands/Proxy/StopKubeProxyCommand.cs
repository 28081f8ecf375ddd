using System.Management.Automation;
using Kube.Module.Base;
using Kube.Module.Completion;
using Kube.Module.LocalCluster;
using Kube.Module.Proxies;

namespace Kube.Module.Commands;

/// <summary>Stops proxies.</summary>
[Cmdlet(VerbsLifecycle.Stop, "KubeProxy", SupportsShouldProcess = true)]
[OutputType(typeof(KubeProxy))]
public sealed class StopKubeProxyCommand : CancellableCmdlet
{
    /// <summary>Names.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProxyCompleter))]
    public string[] Name { get; set; } = ["proxy"];

    /// <summary>Remove its certificates, token and log too; the next one of the name has others.</summary>
    [Parameter]
    public SwitchParameter Remove { get; set; }

    /// <summary>Hand the proxy on.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var name in Name)
            Try(name, () =>
            {
                foreach (var folder in ProxyFolder.Find(name)) Try(folder.Name, () => Stop(folder));
            });
    }

    void Stop(ProxyFolder folder)
    {
        if (!Confirm(folder.Name, Remove ? "Stop proxy and remove its certificates and token" : "Stop proxy")) return;
        using (var process = folder.ReadStatus()?.FindProcess())
            if (process is not null) Await(ServerProcess.StopAsync(process, Cancel));
        if (PassThru) WriteObject(folder.Read());
        if (Remove) Directory.Delete(folder.Path, recursive: true);
    }
}
