using System.Management.Automation;
using Kube.Module.Base;

namespace Kube.Module.Commands;

/// <summary>Reads namespaces.</summary>
[Cmdlet(VerbsCommon.Get, "KubeNamespace")]
[OutputType(typeof(KubeNamespace))]
public sealed class GetKubeNamespaceCommand : GetCmdlet
{
    /// <inheritdoc/>
    protected override KubeResource GetResource(KubeApi api) => KubeResources.Namespaces;
}
