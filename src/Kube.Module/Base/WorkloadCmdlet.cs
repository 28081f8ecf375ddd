using System.Management.Automation;

namespace Kube.Module.Base;

/// <summary>A cmdlet about workloads of a kind that is named, or of the objects' own from the pipeline.</summary>
public abstract class WorkloadCmdlet : AnyKindCmdlet
{
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
