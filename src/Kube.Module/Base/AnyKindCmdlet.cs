using System.Management.Automation;
using Kube.Module.Completion;

namespace Kube.Module.Base;

/// <summary>A cmdlet that changes objects of a kind that is named, or of the objects' own from the pipeline.</summary>
public abstract class AnyKindCmdlet : ObjectCmdlet
{
    /// <summary>The kind: <c>pods</c>, <c>po</c>, <c>Pod</c>, <c>deployments.apps</c>; or with the name, <c>deploy/web</c>.</summary>
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

    /// <summary>The namespace to look in; absent: the connection's own.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("n")]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string? Namespace { get; set; }

    private protected override bool TakesAnyKind => true;

    /// <inheritdoc/>
    protected override KubeResource GetResource(KubeApi api)
    {
        var resource = Await(AnyKind.ResolveAsync(api, Kind, InputObject, Cancel));
        CheckResource(resource);
        return resource;
    }
}
