using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers.Scheduling;

/// <summary>Binds pods that have no node to one that fits, or tells why there is none.</summary>
sealed class Scheduler
{
    const string Component = "default-scheduler";

    readonly KubeApi _api;
    readonly Cache<PodDocument> _pods;
    readonly Cache<NodeDocument> _nodes;
    readonly ControllerEvents _events;
    readonly TimeProvider _time;
    readonly WorkQueue _queue;

    public Scheduler(KubeApi api, Cache<PodDocument> pods, Cache<NodeDocument> nodes, ControllerEvents events, TimeProvider time, ILogger log)
    {
        (_api, _pods, _nodes, _events, _time, _queue) = (api, pods, nodes, events, time, new WorkQueue("scheduling of pod", time, log));
        pods.Changed += (type, pod) =>
        {
            if (type != KubeWatchEventType.Deleted && IsWaiting(pod)) _queue.Add(pod.Metadata.Key);
        };
        nodes.Changed += (_, _) =>
        {
            foreach (var pod in _pods.Items.Where(IsWaiting)) _queue.Add(pod.Metadata.Key);
        };
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        // Before all nodes are known a pod might be told that there is none.
        await Task.WhenAll(_pods.Synced, _nodes.Synced).WaitAsync(cancel);
        await _queue.RunAsync(4, ScheduleAsync, cancel);
    }

    static bool IsWaiting(PodDocument pod) =>
        string.IsNullOrEmpty(pod.Spec.NodeName) && pod.Metadata.DeletionTimestamp is null && !pod.IsFinished
        && pod.Spec.SchedulerName is null or "" or Component && pod.Spec.SchedulingGates is not { Count: > 0 };

    async Task<TimeSpan?> ScheduleAsync(string key, CancellationToken cancel)
    {
        if (_pods.Find(key) is not { } pod || !IsWaiting(pod)) return null;
        try
        {
            switch (PodPlacement.Choose(pod, [.. _nodes.Items], node => _pods.Items.Count(p => p.Spec.NodeName == node && !p.IsFinished)))
            {
                case Placement.On(var node):
                    await BindAsync(pod.Metadata, node, cancel);
                    _events.Normal(Component, "v1", "Pod", pod.Metadata, "Scheduled", $"Successfully assigned {key} to {node}");
                    break;
                case Placement.Nowhere(var message):
                    await RefuseAsync(pod, message, cancel);
                    break;
            }
        }
        catch (KubeOperationException e) when (e.Status.Reason is "NotFound" or "Conflict")
        {
            // It is gone, or it has a node by now: the change is on its way here.
        }
        return null;
    }

    Task BindAsync(ObjectMeta pod, string node, CancellationToken cancel)
    {
        var binding = JsonBody.Write(json =>
        {
            json.WriteString("apiVersion", "v1");
            json.WriteString("kind", "Binding");
            json.WriteStartObject("metadata");
            json.WriteString("name", pod.Name);
            json.WriteString("namespace", pod.Namespace);
            json.WriteString("uid", pod.Uid);
            json.WriteEndObject();
            json.WriteStartObject("target");
            json.WriteString("apiVersion", "v1");
            json.WriteString("kind", "Node");
            json.WriteString("name", node);
            json.WriteEndObject();
        });
        return _api.CreateSubresourceAsync(KubeResources.Pods, pod.Namespace, pod.Name, "binding", binding, ControllerOptions.Write, cancel);
    }

    async Task RefuseAsync(PodDocument pod, string message, CancellationToken cancel)
    {
        var before = pod.Status.Conditions?.FirstOrDefault(c => c.Type == "PodScheduled");
        if (before is { Status: "False", Reason: "Unschedulable" } && before.Message == message) return;
        var since = before?.Status == "False" ? before.LastTransitionTime : null;
        var condition = new Condition { Type = "PodScheduled", Status = "False", Reason = "Unschedulable", Message = message, LastTransitionTime = since ?? _time.GetUtcNow() };
        var conditions = (pod.Status.Conditions ?? []).Where(c => c.Type != "PodScheduled").Append(condition);
        await _api.PatchAsync(KubeResources.Pods, pod.Metadata.Namespace, pod.Metadata.Name, PatchType.Merge, StatusWriter.Conditions(pod.Metadata, conditions), ControllerOptions.WriteStatus, cancel);
        _events.Warning(Component, "v1", "Pod", pod.Metadata, "FailedScheduling", message);
    }
}
