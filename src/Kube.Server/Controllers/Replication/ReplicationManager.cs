using System.Text.Json;
using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers.Replication;

/// <summary>Keeps as many pods of each replication controller as it asks for.</summary>
sealed class ReplicationManager
{
    const string Component = "replication-controller";
    const string Kind = "ReplicationController";

    readonly KubeApi _api;
    readonly Cache<ReplicationControllerDocument> _controllers;
    readonly Cache<PodDocument> _pods;
    readonly EventRecorder _events;
    readonly TimeProvider _time;
    readonly ILogger _log;
    readonly WorkQueue _queue;
    readonly Expectations _expectations = new();

    public ReplicationManager(
        KubeApi api, Cache<ReplicationControllerDocument> controllers, Cache<PodDocument> pods, EventRecorder events, TimeProvider time, ILogger log)
    {
        (_api, _controllers, _pods, _events, _time, _log, _queue) = (api, controllers, pods, events, time, log, new WorkQueue(time));
        controllers.Changed += (_, controller) => _queue.Add(controller.Metadata.Key);
        pods.Changed += OnPod;
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        await Task.WhenAll(_controllers.Synced, _pods.Synced).WaitAsync(cancel);
        await _queue.RunAsync(2, ReconcileAsync, (key, e) => _log.LogWarning("replication controller {Key}: {Message}", key, e.Message), cancel);
    }

    void OnPod(KubeWatchEventType type, PodDocument pod)
    {
        _expectations.Seen(pod.Metadata.Uid, type == KubeWatchEventType.Deleted || pod.Metadata.DeletionTimestamp is not null);
        if (pod.Metadata.Controller is { } owner)
        {
            if (owner.Kind == Kind) _queue.Add(pod.Metadata.Namespace + "/" + owner.Name);
        }
        else if (type != KubeWatchEventType.Deleted)
            // One without a controller may be adopted.
            foreach (var controller in _controllers.Items.Where(c => c.Metadata.Namespace == pod.Metadata.Namespace && ReplicationPlan.Matches(c.Spec.Selector, pod.Metadata.Labels)))
                _queue.Add(controller.Metadata.Key);
    }

    async Task<TimeSpan?> ReconcileAsync(string key, CancellationToken cancel)
    {
        if (_controllers.Find(key) is not { } controller) return null;
        var now = _time.GetUtcNow();
        var pods = _pods.Items.Where(p => p.Metadata.Namespace == controller.Metadata.Namespace);
        var plan = ReplicationPlan.Decide(controller, pods, _expectations.Expected(key, now), p => _expectations.IsLeaving(p.Metadata.Uid, now), now);
        foreach (var pod in plan.Adopt) await AdoptAsync(controller, pod, cancel);
        foreach (var pod in plan.Release) await ReleaseAsync(controller, pod, cancel);
        KubeOperationException? failure = null;
        try
        {
            await CreateAsync(controller, plan.Create, cancel);
            await DeleteAsync(controller, plan.Delete, cancel);
        }
        catch (KubeOperationException e)
        {
            failure = e;
        }
        await WriteStatusAsync(controller, ReplicationStatus.Of(controller, plan.Active, failure?.Message, now), cancel);
        // Tried again later and later; the status tells why.
        if (failure is not null) throw failure;
        return ReplicationStatus.NextAvailable(controller, plan.Active, now);
    }

    // 1, 2, 4 … at a time: where creations are refused (a quota, a wrong template) only the first ones ask for it.
    async Task CreateAsync(ReplicationControllerDocument controller, int count, CancellationToken cancel)
    {
        if (count == 0) return;
        var document = PodTemplate.ToPod(controller.Spec.Template, controller.Metadata, "v1", Kind);
        for (var batch = 1; count > 0; batch *= 2)
        {
            var size = Math.Min(batch, count);
            await Task.WhenAll(Enumerable.Range(0, size).Select(_ => CreateAsync(controller, document, cancel)));
            count -= size;
        }
    }

    async Task CreateAsync(ReplicationControllerDocument controller, byte[] document, CancellationToken cancel)
    {
        try
        {
            var pod = await _api.CreateAsync(KubeResources.Pods, controller.Metadata.Namespace, document, ControllerOptions.Write, cancel);
            _expectations.Created(controller.Metadata.Key, pod.Uid!, () => _pods.Find($"{pod.Namespace}/{pod.Name}") is not null, _time.GetUtcNow());
            _events.Normal(Component, "v1", Kind, controller.Metadata, "SuccessfulCreate", $"Created pod: {pod.Name}");
        }
        // A namespace that is being deleted takes no more: nothing is wrong, and soon there is no controller either.
        catch (KubeOperationException e) when (!e.Status.Causes.Any(c => c.Reason == "NamespaceTerminating"))
        {
            _events.Warning(Component, "v1", Kind, controller.Metadata, "FailedCreate", $"Error creating: {e.Message}");
            throw;
        }
    }

    Task DeleteAsync(ReplicationControllerDocument controller, IReadOnlyList<PodDocument> surplus, CancellationToken cancel) => Task.WhenAll(surplus.Select(async pod =>
    {
        try
        {
            _expectations.Deleted(pod.Metadata.Uid, _time.GetUtcNow());
            await _api.DeleteAsync(KubeResources.Pods, pod.Metadata.Namespace, pod.Metadata.Name, new DeleteOptions { Uid = pod.Metadata.Uid }, cancel);
            _events.Normal(Component, "v1", Kind, controller.Metadata, "SuccessfulDelete", $"Deleted pod: {pod.Metadata.Name}");
        }
        catch (KubeOperationException e) when (e.Status.Reason is "NotFound" or "Conflict")
        {
            // Gone already, or another one of that name.
        }
        catch (KubeOperationException e)
        {
            _expectations.Seen(pod.Metadata.Uid, leaves: true);
            _events.Warning(Component, "v1", Kind, controller.Metadata, "FailedDelete", $"Error deleting: {e.Message}");
            throw;
        }
    }));

    Task AdoptAsync(ReplicationControllerDocument controller, PodDocument pod, CancellationToken cancel) => PatchOwnersAsync(pod, json =>
    {
        foreach (var owner in pod.Metadata.OwnerReferences ?? []) OwnerReferences.Write(json, owner);
        PodTemplate.WriteOwner(json, controller.Metadata, "v1", Kind);
    }, cancel);

    Task ReleaseAsync(ReplicationControllerDocument controller, PodDocument pod, CancellationToken cancel) => PatchOwnersAsync(pod, json =>
    {
        foreach (var owner in pod.Metadata.OwnerReferences ?? [])
            if (owner.Uid != controller.Metadata.Uid) OwnerReferences.Write(json, owner);
    }, cancel);

    async Task PatchOwnersAsync(PodDocument pod, Action<Utf8JsonWriter> owners, CancellationToken cancel)
    {
        try
        {
            await _api.PatchAsync(KubeResources.Pods, pod.Metadata.Namespace, pod.Metadata.Name, PatchType.Merge, OwnerReferences.Patch(pod.Metadata, owners), ControllerOptions.Write, cancel);
        }
        catch (KubeOperationException e) when (e.Status.Reason == "NotFound")
        {
            // It needs no owner any more.
        }
    }

    async Task WriteStatusAsync(ReplicationControllerDocument controller, ReplicationControllerStatus status, CancellationToken cancel)
    {
        if (ReplicationStatus.Equal(status, controller.Status)) return;
        var patch = JsonBody.Write(json =>
        {
            json.WriteStartObject("metadata");
            json.WriteString("uid", controller.Metadata.Uid);
            json.WriteEndObject();
            json.WriteStartObject("status");
            json.WriteNumber("replicas", status.Replicas);
            json.WriteNumber("fullyLabeledReplicas", status.FullyLabeledReplicas ?? 0);
            json.WriteNumber("readyReplicas", status.ReadyReplicas ?? 0);
            json.WriteNumber("availableReplicas", status.AvailableReplicas ?? 0);
            json.WriteNumber("observedGeneration", status.ObservedGeneration ?? 0);
            StatusPatch.WriteConditions(json, status.Conditions ?? []);
            json.WriteEndObject();
        });
        try
        {
            await _api.PatchAsync(KubeResources.ReplicationControllers, controller.Metadata.Namespace, controller.Metadata.Name, PatchType.Merge, patch, ControllerOptions.WriteStatus, cancel);
        }
        catch (KubeOperationException e) when (e.Status.Reason == "NotFound")
        {
            // It was deleted meanwhile.
        }
    }
}
