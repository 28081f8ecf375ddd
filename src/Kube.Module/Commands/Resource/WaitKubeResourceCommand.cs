using System.Management.Automation;
using Kube.Module.Base;
using Kube.Module.Completion;

namespace Kube.Module.Commands;

/// <summary>Waits until objects of any kind are ready, there, gone, or as you say.</summary>
[Cmdlet(VerbsLifecycle.Wait, "KubeResource")]
[OutputType(typeof(KubeObject))]
public sealed class WaitKubeResourceCommand : WaitCmdlet
{
    /// <summary>Kinds: <c>pods</c>, <c>po</c>, <c>Pod</c>, <c>deployments.apps</c>; several, a category such as <c>all</c>, or with a name: <c>pod/web</c>.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(KindCompleter))]
    [JoinedList]
    public override string? Kind { get; set; }

    /// <inheritdoc/>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ObjectNameCompleter))]
    public override string[] Name { get; set; } = [];

    private protected override bool TakesAnyKind => true;

    /// <inheritdoc/>
    protected override KubeResource GetResource(KubeApi api) => Await(AnyKind.ResolveAsync(api, Kind, InputObject, Cancel));
}
