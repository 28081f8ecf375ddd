using System.Management.Automation;
using Kube.Module.Completion;

namespace Kube.Module.Base;

/// <summary>A cmdlet about workloads of a kind that is named, or of the objects' own from the pipeline.</summary>
public abstract class WorkloadCmdlet : ObjectCmdlet
{
    /// <summary>The kind: <c>deployment</c>, <c>sts</c>, <c>DaemonSet</c>.</summary>
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

    private protected override ObjectScope Scope => ObjectScope.Of(Namespace, everywhere: false);

    /// <inheritdoc/>
    protected override KubeResource GetResource(KubeApi api)
    {
        var resource = Await(AnyKind.ResolveAsync(api, Kind, InputObject, Cancel));
        CheckResource(resource);
        return resource;
    }

    /// <summary>Refuses kinds that the cmdlet is not for.</summary>
    private protected abstract void CheckResource(KubeResource resource);
}
