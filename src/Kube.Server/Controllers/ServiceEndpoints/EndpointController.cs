using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers.ServiceEndpoints;

/// <summary>Keeps Endpoints and endpoint slices of services in step with the pods that these select.</summary>
sealed class EndpointController
{
    public static KubeResource Slices { get; } = new("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice", true);

    static readonly ControllerIdentity Self = new("endpoint-controller", KubeResources.Services);

    readonly KubeApi _api;
    readonly Cache<ServiceDocument> _services;
    readonly Cache<PodDocument> _pods;
    readonly Cache<EndpointsDocument> _endpoints;
    readonly Cache<EndpointsDocument> _slices;
    readonly WorkQueue _queue;
    readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> _labels = new();

    public EndpointController(
        KubeApi api, Cache<ServiceDocument> services, Cache<PodDocument> pods, Cache<EndpointsDocument> endpoints, Cache<EndpointsDocument> slices, TimeProvider time, ILogger log)
    {
        (_api, _services, _pods, _endpoints, _slices, _queue) = (api, services, pods, endpoints, slices, new WorkQueue("endpoints of service", time, log));
        services.Changed += (_, service) => _queue.Add(service.Metadata.Key);
        pods.Changed += OnPod;
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        await Task.WhenAll(_services.Synced, _pods.Synced, _endpoints.Synced, _slices.Synced).WaitAsync(cancel);
        // Services may have gone while nobody looked.
        foreach (var left in _endpoints.Items.Where(e => _services.Find(e.Metadata.Key) is null)) _queue.Add(left.Metadata.Key);
        await _queue.RunAsync(2, ReconcileAsync, cancel);
    }

    void OnPod(KubeWatchEventType type, PodDocument pod)
    {
        var labels = pod.Metadata.Labels ?? new Dictionary<string, string>();
        // One that has other labels now may have been selected by those it had.
        var before = _labels.GetValueOrDefault(pod.Metadata.Uid);
        if (type == KubeWatchEventType.Deleted) _labels.TryRemove(pod.Metadata.Uid, out _);
        else _labels[pod.Metadata.Uid] = labels;
        foreach (var service in _services.Items)
            if (service.SelectsPods && service.Metadata.Namespace == pod.Metadata.Namespace && (Selects(service, labels) || (before is not null && Selects(service, before))))
                _queue.Add(service.Metadata.Key);
    }

    static bool Selects(ServiceDocument service, IReadOnlyDictionary<string, string> labels) =>
        service.Spec.Selector!.All(wanted => labels.TryGetValue(wanted.Key, out var value) && value == wanted.Value);

    async Task<TimeSpan?> ReconcileAsync(string key, CancellationToken cancel)
    {
        if (_services.Find(key) is not { } service)
        {
            // The slices name the service as their owner and go by themselves.
            if (_endpoints.Find(key) is { } left) await DeleteAsync(KubeResources.Endpoints, left.Metadata, cancel);
            return null;
        }
        if (!service.SelectsPods || service.Metadata.DeletionTimestamp is not null) return null;
        var groups = EndpointGroup.Of(service, _pods.Items.Where(p => p.Metadata.Namespace == service.Metadata.Namespace));
        await PutAsync(KubeResources.Endpoints, service, EndpointDocuments.Endpoints(service, groups), _endpoints.Find(key), cancel);
        var slices = EndpointDocuments.Slices(service, groups, Self);
        foreach (var (name, slice) in slices) await PutAsync(Slices, service, slice, _slices.Find($"{service.Metadata.Namespace}/{name}"), cancel);
        foreach (var old in _slices.Items.Where(s => s.Metadata.Controller?.Uid == service.Metadata.Uid && !slices.ContainsKey(s.Metadata.Name)).ToList())
            await DeleteAsync(Slices, old.Metadata, cancel);
        return null;
    }

    async Task PutAsync(KubeResource resource, ServiceDocument service, JsonObject wanted, EndpointsDocument? present, CancellationToken cancel)
    {
        try
        {
            if (present is null)
                await _api.CreateAsync(resource, service.Metadata.Namespace, JsonSerializer.SerializeToUtf8Bytes(wanted), ControllerOptions.Write, cancel);
            else if (!IsSame(present, wanted))
            {
                wanted["metadata"]!["resourceVersion"] = present.Metadata.ResourceVersion;
                await _api.PatchAsync(resource, service.Metadata.Namespace, present.Metadata.Name, PatchType.Merge, JsonSerializer.SerializeToUtf8Bytes(wanted), ControllerOptions.Write, cancel);
            }
        }
        catch (KubeOperationException e) when (e.Status.Causes.Any(c => c.Reason == "NamespaceTerminating"))
        {
            // It goes with its namespace.
        }
        catch (KubeOperationException e) when (present is null && e.Status.Reason == "AlreadyExists")
        {
            // Its news is on the way here and begins another round; a stranger's object of that name is changed then.
            throw new KubeOperationException(e.Status with { Reason = "Conflict" });
        }
    }

    static bool IsSame(EndpointsDocument present, JsonObject wanted)
    {
        static bool Same(JsonElement one, JsonNode? other) => one.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null
            ? other is null or JsonArray { Count: 0 }
            : JsonNode.DeepEquals(JsonSerializer.SerializeToNode(one), other);
        return Same(present.Subsets, wanted["subsets"]) && Same(present.Endpoints, wanted["endpoints"]) && Same(present.Ports, wanted["ports"])
            && wanted["metadata"]!["labels"]!.AsObject().All(l => present.Metadata.Labels?.GetValueOrDefault(l.Key) == l.Value!.GetValue<string>());
    }

    async Task DeleteAsync(KubeResource resource, ObjectMeta item, CancellationToken cancel)
    {
        try
        {
            await _api.DeleteAsync(resource, item.Namespace, item.Name, new DeleteOptions { Uid = item.Uid }, cancel);
        }
        catch (KubeOperationException e) when (e.Status.Reason is "NotFound" or "Conflict")
        {
            // Gone already.
        }
    }
}
