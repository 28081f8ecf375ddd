namespace Kube.Module.Base;

/// <summary>The mark on a node that takes no new pods.</summary>
static class Cordon
{
    /// <summary>Sets it or takes it away. Pods that are there stay.</summary>
    public static Task<KubeObject> SetAsync(KubeApi api, string node, bool unschedulable, WriteOptions options, CancellationToken cancel) =>
        api.PatchAsync(KubeResources.Nodes, null, node, PatchType.Merge, unschedulable ? """{"spec":{"unschedulable":true}}"""u8.ToArray() : """{"spec":{"unschedulable":null}}"""u8.ToArray(), options, cancel);
}
