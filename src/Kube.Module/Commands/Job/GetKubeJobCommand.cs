using System.Management.Automation;
using Kube.Module.Base;

namespace Kube.Module.Commands;

/// <summary>Reads jobs.</summary>
[Cmdlet(VerbsCommon.Get, "KubeJob")]
[OutputType(typeof(KubeJob))]
public sealed class GetKubeJobCommand : GetNamespacedCmdlet
{
    /// <inheritdoc/>
    protected override KubeResource GetResource(KubeApi api) => KubeResources.Jobs;
}
