using System.Management.Automation;
using Kube.Module.Base;
using Kube.Module.Completion;

namespace Kube.Module.Commands;

/// <summary>Reads objects of any kind.</summary>
[Cmdlet(VerbsCommon.Get, "KubeResource")]
[OutputType(typeof(KubeObject))]
public sealed class GetKubeResourceCommand : GetNamespacedCmdlet
{
    /// <summary>The kind: <c>pods</c>, <c>po</c>, <c>Pod</c>, <c>deployments.apps</c>.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(KindCompleter))]
    public override string? Kind { get; set; }

    /// <inheritdoc/>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ObjectNameCompleter))]
    public override string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override KubeResource GetResource(KubeApi api) => Await(AnyKind.ResolveAsync(api, Kind, InputObject, Cancel));
}
