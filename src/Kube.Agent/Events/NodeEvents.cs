using Kube.Agent.Pods;

namespace Kube.Agent.Events;

/// <summary>What a node tells of itself and of its pods, as a kubelet would.</summary>
sealed class NodeEvents(EventRecorder recorder, string node)
{
    readonly EventSource _source = new("kubelet", node);

    /// <summary>Tells of a pod, or of one of its containers.</summary>
    public void Record(Pod pod, string? container, string type, string reason, string message)
    {
        var field = container is null ? null
            : pod.Spec.InitContainers.Any(init => init.Name == container) ? $"spec.initContainers{{{container}}}"
            : $"spec.containers{{{container}}}";
        recorder.Record(_source, new EventSubject("v1", "Pod", pod.Namespace, pod.Name, pod.Uid) { FieldPath = field }, type, reason, message);
    }

    /// <summary>Tells of the node, whose name is its uid here, as kubelets have it.</summary>
    public void RecordNode(string type, string reason, string message) => recorder.Record(_source, new EventSubject("v1", "Node", null, node, node), type, reason, message);

    /// <summary>Writes events until cancelled.</summary>
    public Task RunAsync(CancellationToken cancel) => recorder.RunAsync(cancel);
}
