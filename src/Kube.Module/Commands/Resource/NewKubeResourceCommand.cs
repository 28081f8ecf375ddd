using System.Management.Automation;
using Kube.Module.Base;

namespace Kube.Module.Commands;

/// <summary>Creates objects of any kind from manifests.</summary>
[Cmdlet(VerbsCommon.New, "KubeResource", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(KubeObject), typeof(KubeFieldDifference))]
public sealed class NewKubeResourceCommand : NewNamespacedCmdlet
{
    /// <inheritdoc/>
    [Parameter(Position = 0, ParameterSetName = PathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public override string[] Path { get; set; } = [];
}
