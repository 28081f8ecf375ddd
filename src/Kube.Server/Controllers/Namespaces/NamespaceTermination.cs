using System.Text.Json.Nodes;
using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers.Namespaces;

/// <summary>Empties namespaces that are being deleted and then lets them go.</summary>
sealed class NamespaceTermination
{
    const string Finalizer = "kubernetes";

    // Content that takes its time (pods that stop) is looked at again after this; pods that end are noticed at once.
    static readonly TimeSpan Recheck = TimeSpan.FromSeconds(1);

    readonly KubeApi _api;
    readonly Cache<NamespaceDocument> _namespaces;
    readonly WorkQueue _queue;

    public NamespaceTermination(KubeApi api, Cache<NamespaceDocument> namespaces, Cache<PodDocument> pods, TimeProvider time, ILogger log)
    {
        (_api, _namespaces, _queue) = (api, namespaces, new WorkQueue("termination of namespace", time, log));
        namespaces.Changed += (type, item) =>
        {
            if (type != KubeWatchEventType.Deleted && IsTerminating(item)) _queue.Add(item.Metadata.Name);
        };
        pods.Changed += (type, pod) =>
        {
            if (type == KubeWatchEventType.Deleted && namespaces.Find(pod.Metadata.Namespace!) is { } item && IsTerminating(item)) _queue.Add(item.Metadata.Name);
        };
    }

    public Task RunAsync(CancellationToken cancel) =>
        _queue.RunAsync(2, ReconcileAsync, cancel);

    static bool IsTerminating(NamespaceDocument item) => item.Metadata.DeletionTimestamp is not null && item.Spec.Finalizers?.Contains(Finalizer) == true;

    async Task<TimeSpan?> ReconcileAsync(string name, CancellationToken cancel)
    {
        if (_namespaces.Find(name) is not { } item || !IsTerminating(item)) return null;
        var isEmpty = true;
        foreach (var resource in await _api.GetResourcesAsync(cancel))
            if (resource.Namespaced && resource.Verbs.Contains("deletecollection") && resource.Verbs.Contains("list"))
                isEmpty &= await EmptyAsync(resource, name, cancel);
        if (!isEmpty) return Recheck;
        try
        {
            await FinalizeAsync(name, cancel);
        }
        catch (KubeOperationException e) when (e.Status.Reason == "NotFound")
        {
            // It is gone.
        }
        return null;
    }

    async Task<bool> EmptyAsync(KubeResource resource, string name, CancellationToken cancel)
    {
        if (await IsEmptyAsync(resource, name, cancel)) return true;
        await _api.DeleteCollectionAsync(resource, name, new ListOptions(), new DeleteOptions { PropagationPolicy = "Background" }, cancel);
        return await IsEmptyAsync(resource, name, cancel);
    }

    async Task<bool> IsEmptyAsync(KubeResource resource, string name, CancellationToken cancel)
    {
        await foreach (var _ in _api.ListAsync(resource, name, new ListOptions { Limit = 1 }, cancel)) return false;
        return true;
    }

    async Task FinalizeAsync(string name, CancellationToken cancel)
    {
        var present = await _api.GetAsync(KubeResources.Namespaces, null, name, cancel);
        var document = JsonNode.Parse(present.Json.Span)!;
        if (document["spec"]?["finalizers"] is not JsonArray finalizers) return;
        document["spec"]!["finalizers"] = new JsonArray([.. finalizers.Select(f => f!.GetValue<string>()).Where(f => f != Finalizer).Select(f => (JsonNode?)f)]);
        var json = System.Text.Encoding.UTF8.GetBytes(document.ToJsonString());
        await _api.ReplaceAsync(KubeResources.Namespaces, null, name, json, ControllerOptions.Write with { Subresource = "finalize" }, cancel);
    }
}
