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
        {
            var found = ClusterFolder.Find(name).ToArray();
            foreach (var folder in found) WriteObject(Read(folder));
            if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
                Try(name, () => throw new KubeCmdletException(Errors.ClusterNotFound, $"There is no cluster '{name}'."));
        }
    }

    KubeCluster Read(ClusterFolder folder) =>
        folder.Read() is var cluster && IncludeToken && cluster.State == KubeClusterState.Running
            ? cluster with { Token = folder.ReadToken() }
            : cluster;
}
