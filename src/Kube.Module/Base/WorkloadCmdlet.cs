namespace Kube.Module.Base;

/// <summary>A cmdlet about workloads of a kind that is named, or of the objects' own from the pipeline.</summary>
public abstract class WorkloadCmdlet : AnyKindCmdlet
{
    private protected override ObjectScope Scope => ObjectScope.Of(Namespace, everywhere: false);

    private protected abstract override void CheckResource(KubeResource resource);
}
