using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Kube.Agent.Pods;
using Microsoft.Extensions.Logging;

namespace Kube.Agent.Events;

/// <summary>
/// Writes events to the API, in order and beside the work that they tell of. What is told again is one event with a higher count. An event that
/// cannot be written is logged and lost: the pods matter more.
/// </summary>
sealed class EventRecorder(KubeApi api, string node, TimeProvider time, ILogger log)
{
    const int Remembered = 4096;
    const int Waiting = 1024;

    // Names have 253 characters at most; a point and 16 digits follow.
    const int LongestPrefix = 230;

    readonly Channel<(EventKey Key, DateTimeOffset At)> _queue = Channel.CreateBounded<(EventKey, DateTimeOffset)>(
        new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    readonly Dictionary<EventKey, KnownEvent> _known = [];

    /// <summary>Tells of a pod, or of one of its containers.</summary>
    public void Record(Pod pod, string? container, string type, string reason, string message)
    {
        var field = container is null ? null
            : pod.Spec.InitContainers.Any(init => init.Name == container) ? $"spec.initContainers{{{container}}}"
            : $"spec.containers{{{container}}}";
        Record(new EventKey("Pod", pod.Namespace, pod.Name, pod.Uid, field, type, reason, message));
    }

    /// <summary>Tells of the node.</summary>
    public void RecordNode(string type, string reason, string message) =>
        Record(new EventKey("Node", "default", node, node, null, type, reason, message));

    void Record(EventKey key)
    {
        if (!_queue.Writer.TryWrite((key, time.GetUtcNow())))
            log.LogWarning("Too many events wait to be written; lost: {Reason} {Message}", key.Reason, key.Message);
    }

    /// <summary>Writes events until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        await foreach (var (key, at) in _queue.Reader.ReadAllAsync(cancel))
        {
            try
            {
                await WriteAsync(key, at, cancel);
            }
            catch (KubeException e)
            {
                log.LogWarning("The event {Reason} of {Namespace}/{Name} was not written: {Error}", key.Reason, key.Namespace, key.Name, e.Message);
            }
        }
    }

    async Task WriteAsync(EventKey key, DateTimeOffset at, CancellationToken cancel)
    {
        if (_known.TryGetValue(key, out var before))
        {
            var again = before with { Count = before.Count + 1 };
            try
            {
                var patch = new JsonObject { ["count"] = again.Count, ["lastTimestamp"] = KubeTime.Format(at) };
                await api.PatchAsync(KubeResources.Events, key.Namespace, again.Name, PatchType.Merge, JsonSerializer.SerializeToUtf8Bytes(patch), new WriteOptions(), cancel);
                _known[key] = again;
                return;
            }
            catch (KubeOperationException e) when (e.Status.Code == 404)
            {
                // Old events expire; this one begins anew.
            }
        }
        if (_known.Count >= Remembered)
            _known.Clear();
        var first = new KnownEvent($"{key.Name[..Math.Min(LongestPrefix, key.Name.Length)].TrimEnd('.', '-')}.{Guid.NewGuid():N}"[..^16], 1);
        await api.CreateAsync(KubeResources.Events, key.Namespace, Document(key, first, at), new WriteOptions(), cancel);
        _known[key] = first;
    }

    byte[] Document(EventKey key, KnownEvent first, DateTimeOffset at)
    {
        var involved = new JsonObject { ["kind"] = key.Kind, ["apiVersion"] = "v1", ["name"] = key.Name, ["uid"] = key.Uid };
        if (key.Kind != "Node")
            involved["namespace"] = key.Namespace;
        if (key.Field is not null)
            involved["fieldPath"] = key.Field;
        return JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Event",
            ["metadata"] = new JsonObject { ["name"] = first.Name, ["namespace"] = key.Namespace },
            ["involvedObject"] = involved,
            ["type"] = key.Type,
            ["reason"] = key.Reason,
            ["message"] = key.Message,
            ["count"] = first.Count,
            ["firstTimestamp"] = KubeTime.Format(at),
            ["lastTimestamp"] = KubeTime.Format(at),
            ["source"] = new JsonObject { ["component"] = "kubelet", ["host"] = node },
            ["reportingComponent"] = "kubelet",
            ["reportingInstance"] = node,
        });
    }

    sealed record EventKey(string Kind, string Namespace, string Name, string Uid, string? Field, string Type, string Reason, string Message);

    sealed record KnownEvent(string Name, int Count);
}
