using Kube.Module.Base;
using Kube.Module.Waiting;

namespace Kube.Module.Rollouts;

/// <summary>What the pods of a workload say of why it gets no further.</summary>
static class TroubledPods
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>A sentence about the first pod that is not ready, with a space before it; nothing where all are, or nobody says.</summary>
    public static async Task<string> TellAsync(KubeApi api, KubeObject? workload, CancellationToken cancel)
    {
        if (workload is null || PodSelection.Of(workload) is not { } pods) return "";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            await foreach (var item in api.ListAsync(KubeResources.Pods, pods.Namespace, pods.Options, limit.Token).ConfigureAwait(false))
                if (item is KubePod { DeletionTimestamp: null } pod && pod.ReadyContainers < pod.TotalContainers) return $" Pod {pod.Name} is {StuckReason.Of(pod)}.";
        }
        catch (Exception exception) when (exception is KubeException || (exception is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            // The workload's own reason has to do: not everybody may read its pods.
        }
        return "";
    }
}
