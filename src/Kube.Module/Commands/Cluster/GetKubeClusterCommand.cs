using System.Management.Automation;
using Kube.Module.Base;
using Kube.Module.Completion;
using Kube.Module.LocalCluster;

namespace Kube.Module.Commands;

/// <summary>Lists Kube's own clusters on this machine.</summary>
[Cmdlet(VerbsCommon.Get, "KubeCluster")]
[OutputType(typeof(KubeCluster))]
public sealed class GetKubeClusterCommand : CancellableCmdlet
{
    /// <summary>Names; absent: all.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ClusterCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Fill in the administrator's bearer token.</summary>
    [Parameter]
    public SwitchParameter IncludeToken { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var name in Name)
            Try(name, () =>
            {
                foreach (var folder in ClusterFolder.Find(name)) WriteObject(Read(folder));
            });
    }

    KubeCluster Read(ClusterFolder folder) =>
        folder.Read() is var cluster && IncludeToken && cluster.State == KubeClusterState.Running
            ? cluster with { Token = folder.ReadToken() }
            : cluster;
}
