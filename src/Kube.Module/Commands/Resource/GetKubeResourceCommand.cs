using System.Management.Automation;
using Kube.Module.Base;
using Kube.Module.Completion;

namespace Kube.Module.Commands;

/// <summary>Reads objects of any kind.</summary>
[Cmdlet(VerbsCommon.Get, "KubeResource")]
[OutputType(typeof(KubeObject))]
public sealed class GetKubeResourceCommand : GetNamespacedCmdlet
{
    /// <summary>What the type of objects is called that are of several kinds: they show as one table. Each kind by its own would be one table and, after it, lists.</summary>
    const string SeveralKinds = "Kube.KubeObject#SeveralKinds";

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
    protected override void Begin()
    {
        // Who types it may go on with the properties of what it writes; a script does not.
        if (MyInvocation.CommandOrigin == CommandOrigin.Runspace) PropertyCompletion.Ensure();
        base.Begin();
    }

    /// <inheritdoc/>
    protected override KubeResource GetResource(KubeApi api) => Await(AnyKind.ResolveAsync(api, Kind, InputObject, Cancel));

    /// <inheritdoc/>
    protected override void Write(KubeObject item)
    {
        if (!MeansSeveralKinds)
        {
            base.Write(item);
            return;
        }
        var row = PSObject.AsPSObject(item);
        row.TypeNames.Insert(0, SeveralKinds);
        WriteObject(row);
    }
}
