using Kube.Module.Base;

namespace Kube.Module.Rollouts;

/// <summary>What can be rolled out.</summary>
static class RolloutKinds
{
    /// <summary>Refuses any other kind.</summary>
    public static void Check(KubeResource resource)
    {
        if (resource is not { Group: "apps", Kind: "Deployment" or "StatefulSet" or "DaemonSet" })
            throw new KubeCmdletException(Errors.WrongKind, $"{resource.Kind} has no rollouts: deployments, stateful and daemon sets have.") { Advice = "Name a workload that has: Get-KubeResource deployments, statefulsets, daemonsets lists them." };
    }

    /// <summary>Refuses a deployment that is paused: it would take the change for later.</summary>
    public static void CheckNotPaused(KubeObject workload)
    {
        if (workload.GetDocument().GetMap("spec")?["paused"] is true)
            throw new KubeCmdletException(Errors.Invalid, $"{workload.Kind} '{workload.Name}' is paused: set its spec.paused to false first.") { Target = workload };
    }
}
