using System.Management.Automation;
using Kube.Module.Base;

namespace Kube.Module.Commands;

/// <summary>Reads nodes.</summary>
[Cmdlet(VerbsCommon.Get, "KubeNode")]
[OutputType(typeof(KubeNode))]
public sealed class GetKubeNodeCommand : GetCmdlet
{
    /// <inheritdoc/>
    protected override KubeResource GetResource(KubeApi api) => KubeResources.Nodes;
}
