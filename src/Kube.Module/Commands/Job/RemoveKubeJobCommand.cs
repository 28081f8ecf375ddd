using System.Management.Automation;
using Kube.Module.Base;

namespace Kube.Module.Commands;

/// <summary>Deletes jobs and their pods.</summary>
[Cmdlet(VerbsCommon.Remove, "KubeJob", SupportsShouldProcess = true)]
[OutputType(typeof(KubeJob), typeof(KubeFieldDifference))]
public sealed class RemoveKubeJobCommand : RemoveNamespacedCmdlet
{
    /// <inheritdoc/>
    protected override KubeResource GetResource(KubeApi api) => KubeResources.Jobs;
}
