using System.Management.Automation;
using Kube.Module.Base;
using Kube.Module.Completion;

namespace Kube.Module.Commands;

/// <summary>Deletes pods.</summary>
[Cmdlet(VerbsCommon.Remove, "KubePod", SupportsShouldProcess = true)]
[OutputType(typeof(KubePod), typeof(KubeFieldDifference))]
public sealed class RemoveKubePodCommand : RemoveNamespacedCmdlet
{
    /// <inheritdoc/>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Pod")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ObjectNameCompleter))]
    public override string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override KubeResource GetResource(KubeApi api) => KubeResources.Pods;
}
