using Kube.Module.Base;

namespace Kube.Module.LocalCluster;

/// <summary>Removes every pod of a cluster that is about to end, so that no container outlives it.</summary>
static class PodSweep
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>What makes new pods for those that go.</summary>
    /// <remarks>Those that make others come first.</remarks>
    static readonly KubeResource[] Makers =
    [
        KubeResources.CronJobs, KubeResources.Jobs, KubeResources.Deployments, KubeResources.ReplicaSets, KubeResources.StatefulSets, KubeResources.DaemonSets,
        KubeResources.ReplicationControllers,
    ];

    /// <exception cref="KubeCmdletException">They were not gone in time.</exception>
    public static async Task RunAsync(KubeApi api, CancellationToken cancel)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        bound.CancelAfter(Patience);
        try
        {
            await SweepAsync(api, bound.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancel.IsCancellationRequested)
        {
            throw new KubeCmdletException(Errors.WaitTimeout, $"The cluster goes on, as its pods were not gone after {Patience.TotalSeconds:0} s.", exception)
            {
                Target = api.Connection.Name,
                Advice = "Repeat the command; Get-KubePod -AllNamespaces tells which pods stay, and the cluster's log why.",
            };
        }
    }

    static async Task SweepAsync(KubeApi api, CancellationToken cancel)
    {
        foreach (var maker in Makers)
        {
            await foreach (var item in api.ListAsync(maker, null, new ListOptions(), cancel).ConfigureAwait(false))
                await DeleteAsync(api, maker, item, cancel).ConfigureAwait(false);
        }
        // The agent lets a pod go once its containers are gone.
        while (true)
        {
            var pods = await api.GetListAsync(KubeResources.Pods, null, new ListOptions(), cancel).ConfigureAwait(false);
            if (pods.Items.Count == 0) return;
            foreach (var pod in pods.Items.Where(pod => pod.DeletionTimestamp is null)) await DeleteAsync(api, KubeResources.Pods, pod, cancel).ConfigureAwait(false);
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancel).ConfigureAwait(false);
        }
    }

    static async Task DeleteAsync(KubeApi api, KubeResource resource, KubeObject item, CancellationToken cancel)
    {
        try
        {
            await api.DeleteAsync(resource, item.Namespace, item.Name, new DeleteOptions { GracePeriodSeconds = 1, PropagationPolicy = "Background" }, cancel).ConfigureAwait(false);
        }
        catch (KubeOperationException exception) when (exception.Status.Code == 404)
        {
            // It went by itself.
        }
    }
}
