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
    readonly Cache<DefinitionDocument> _definitions;
    readonly WorkQueue _queue;

    public NamespaceTermination(KubeApi api, Cache<NamespaceDocument> namespaces, Cache<PodDocument> pods, Cache<DefinitionDocument> definitions, TimeProvider time, ILogger log)
    {
        (_api, _namespaces, _definitions, _queue) = (api, namespaces, definitions, new WorkQueue("termination of namespace", time, log));
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
        foreach (var resource in await ResourcesAsync(cancel)) isEmpty &= await EmptyAsync(resource, name, cancel);
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

    // What the server lists is read once; what definitions add comes and goes.
    async Task<IEnumerable<KubeResource>> ResourcesAsync(CancellationToken cancel)
    {
        await _definitions.Synced.WaitAsync(cancel);
        var custom = _definitions.Items.Where(d => d.IsEstablished).Select(d => d.Served).OfType<KubeResource>().Where(r => r.Namespaced).ToList();
        var groups = custom.Select(r => (r.Group, r.Name)).ToHashSet();
        var builtIn = (await _api.GetResourcesAsync(cancel)).Where(r => r.Namespaced && r.Verbs.Contains("deletecollection") && r.Verbs.Contains("list") && !groups.Contains((r.Group, r.Name)));
        return builtIn.Concat(custom);
    }

    async Task<bool> EmptyAsync(KubeResource resource, string name, CancellationToken cancel)
    {
        try
        {
            if (await IsEmptyAsync(resource, name, cancel)) return true;
            await _api.DeleteCollectionAsync(resource, name, new ListOptions(), new DeleteOptions { PropagationPolicy = "Background" }, cancel);
            return await IsEmptyAsync(resource, name, cancel);
        }
        catch (KubeOperationException e) when (e.Status.Code == 404)
        {
            // The kind is gone, and its objects went before it.
            return true;
        }
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
