using Kube.Module.Base;

namespace Kube.Module.Agents;

/// <summary>Takes a node out of its cluster, pods and all.</summary>
static class NodeSweep
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>Has the pods end while the node's agent runs: it takes no new ones, and those that are there get their own time. What is left after a minute ends with the agent.</summary>
    /// <exception cref="KubeException">The cluster refuses, or is not reached.</exception>
    public static async Task EmptyAsync(KubeApi api, string node, CancellationToken cancel)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        bound.CancelAfter(Patience);
        try
        {
            await Cordon.SetAsync(api, node, unschedulable: true, new WriteOptions(), bound.Token).ConfigureAwait(false);
            while (true)
            {
                var pods = await PodsAsync(api, node, bound.Token).ConfigureAwait(false);
                // A daemon set makes its pods anew for as long as there is the node.
                var leaving = pods.Where(pod => !IsOfDaemonSet(pod)).ToArray();
                if (leaving.Length == 0) return;
                foreach (var pod in leaving.Where(pod => pod.DeletionTimestamp is null)) await DeleteAsync(api, pod, null, bound.Token).ConfigureAwait(false);
                await Task.Delay(Interval, bound.Token).ConfigureAwait(false);
            }
        }
        catch (KubeOperationException exception) when (exception.Status.Code == 404)
        {
            // There is no node, and so nothing on it.
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // They had their time.
        }
    }

    /// <summary>Removes the node, and what is left of its pods, now that no agent looks after them.</summary>
    /// <exception cref="KubeException">The cluster refuses, or is not reached.</exception>
    public static async Task RemoveAsync(KubeApi api, string node, CancellationToken cancel)
    {
        try
        {
            await api.DeleteAsync(KubeResources.Nodes, null, node, new DeleteOptions(), cancel).ConfigureAwait(false);
        }
        catch (KubeOperationException exception) when (exception.Status.Code == 404)
        {
            // Somebody else has removed it.
        }
        foreach (var pod in await PodsAsync(api, node, cancel).ConfigureAwait(false)) await DeleteAsync(api, pod, 0, cancel).ConfigureAwait(false);
    }

    static async Task<IReadOnlyList<KubeObject>> PodsAsync(KubeApi api, string node, CancellationToken cancel) =>
        (await api.GetListAsync(KubeResources.Pods, null, new ListOptions { FieldSelector = $"spec.nodeName={node}" }, cancel).ConfigureAwait(false)).Items;

    static bool IsOfDaemonSet(KubeObject pod) => pod.GetDocument().GetMap("metadata")?.GetMaps("ownerReferences").Any(owner => owner["kind"] as string == "DaemonSet") == true;

    static async Task DeleteAsync(KubeApi api, KubeObject pod, int? grace, CancellationToken cancel)
    {
        try
        {
            await api.DeleteAsync(KubeResources.Pods, pod.Namespace, pod.Name, new DeleteOptions { GracePeriodSeconds = grace }, cancel).ConfigureAwait(false);
        }
        catch (KubeOperationException exception) when (exception.Status.Code == 404)
        {
            // It went by itself.
        }
    }
}
