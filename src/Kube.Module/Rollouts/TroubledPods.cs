using Kube.Module.Base;

namespace Kube.Module.Rollouts;

/// <summary>The pods of a workload that keep it from getting further.</summary>
static class TroubledPods
{
    /// <summary>The first pod that is not ready; null where all are, or it is no workload.</summary>
    public static async Task<KubePod?> FindAsync(KubeApi api, KubeObject workload, CancellationToken cancel)
    {
        if (workload.Kind is "Namespace" or "Node" or "Service" || workload.GetDocument().GetMap("spec")?["selector"] is null || PodSelection.Of(workload) is not { } pods) return null;
        await foreach (var item in api.ListAsync(KubeResources.Pods, pods.Namespace, pods.Options, cancel).ConfigureAwait(false))
            if (item is KubePod { DeletionTimestamp: null } pod && pod.ReadyContainers < pod.TotalContainers) return pod;
        return null;
    }
}
