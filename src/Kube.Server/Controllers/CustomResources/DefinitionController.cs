using System.Text.Json;
using Kube.Server.Controllers.Documents;
using Kube.Server.Custom;

namespace Kube.Server.Controllers.CustomResources;

/// <summary>Accepts the names of custom resource definitions, by which their kinds come to be served, and takes the objects of deleted ones along.</summary>
sealed class DefinitionController
{
    public static KubeResource Resource { get; } = new("apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition", false);

    // Objects may wait for finalizers of their own.
    static readonly TimeSpan Recheck = TimeSpan.FromSeconds(1);

    readonly KubeApi _api;
    readonly Cache<DefinitionDocument> _definitions;
    readonly TimeProvider _time;
    readonly WorkQueue _queue;

    public DefinitionController(KubeApi api, Cache<DefinitionDocument> definitions, TimeProvider time, ILogger log)
    {
        (_api, _definitions, _time, _queue) = (api, definitions, time, new WorkQueue("definition", time, log));
        // Names that one gives up may be another's then.
        definitions.Changed += (_, changed) =>
        {
            foreach (var definition in definitions.Items.Where(d => d.Spec.Group == changed.Spec.Group)) _queue.Add(definition.Metadata.Name);
        };
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        await _definitions.Synced.WaitAsync(cancel);
        await _queue.RunAsync(2, ReconcileAsync, cancel);
    }

    async Task<TimeSpan?> ReconcileAsync(string name, CancellationToken cancel)
    {
        if (_definitions.Find(name) is not { } definition) return null;
        if (definition.Metadata.DeletionTimestamp is not null) return await ClearAsync(definition, cancel);
        var status = NamePlan.Decide(definition, _definitions.Items, _time.GetUtcNow());
        await StatusWriter.WriteAsync(_api, Resource, definition.Metadata, definition.Status, status, DocumentJson.Default.DefinitionState, cancel, exact: true);
        return null;
    }

    async Task<TimeSpan?> ClearAsync(DefinitionDocument definition, CancellationToken cancel)
    {
        if (definition.Metadata.Finalizers?.Contains(DefinitionStatus.Finalizer) != true) return null;
        try
        {
            if (definition.IsEstablished && await DeleteObjectsAsync(definition.Resource, cancel)) return Recheck;
            await _api.PatchAsync(Resource, null, definition.Metadata.Name, PatchType.Merge, WithoutFinalizer(definition.Metadata), ControllerOptions.Write, cancel);
        }
        catch (KubeOperationException e) when (e.Status.Reason == "NotFound")
        {
            // It is gone.
        }
        return null;
    }

    // True: some are still there.
    async Task<bool> DeleteObjectsAsync(KubeResource resource, CancellationToken cancel)
    {
        var namespaces = new HashSet<string>();
        await foreach (var item in _api.ListAsync(resource, null, new ListOptions(), cancel)) namespaces.Add(item.Namespace ?? "");
        foreach (var space in namespaces)
            await _api.DeleteCollectionAsync(resource, space.Length == 0 ? null : space, new ListOptions(), new DeleteOptions { PropagationPolicy = "Background" }, cancel);
        await foreach (var _ in _api.ListAsync(resource, null, new ListOptions { Limit = 1 }, cancel)) return true;
        return false;
    }

    static byte[] WithoutFinalizer(ObjectMeta of) => JsonBody.Write(json =>
    {
        json.WriteStartObject("metadata");
        json.WriteString("uid", of.Uid);
        json.WriteString("resourceVersion", of.ResourceVersion);
        json.WriteStartArray("finalizers");
        foreach (var finalizer in of.Finalizers ?? [])
            if (finalizer != DefinitionStatus.Finalizer) json.WriteStringValue(finalizer);
        json.WriteEndArray();
        json.WriteEndObject();
    });
}
