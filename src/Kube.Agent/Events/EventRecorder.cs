using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Kube.Agent.Pods;
using Microsoft.Extensions.Logging;

namespace Kube.Agent.Events;

/// <summary>
/// Writes events to the API, in order and beside the work that they tell of. What is told again is one event with a higher count. An event that
/// cannot be written is lost: nobody's work waits for its events, nor fails with them.
/// </summary>
/// <param name="api">Where they are written.</param>
/// <param name="options">How.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Told once where one is lost.</param>
public sealed class EventRecorder(KubeApi api, WriteOptions options, TimeProvider time, ILogger log)
{
    const int Remembered = 4096;

    // Beyond that, what happens faster than it can be written down is lost.
    const int Waiting = 10_000;

    // Names have 253 characters at most; a point and 16 digits follow.
    const int LongestPrefix = 230;

    readonly Channel<(Happening What, DateTimeOffset At)> _queue = Channel.CreateBounded<(Happening, DateTimeOffset)>(
        new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    readonly Dictionary<Happening, KnownEvent> _known = [];
    bool _toldOfLoss;

    /// <summary>Tells that something happened.</summary>
    /// <param name="source">Who tells it.</param>
    /// <param name="about">What it happened to.</param>
    /// <param name="type"><c>Normal</c> or <c>Warning</c>.</param>
    /// <param name="reason">What happened, in one word.</param>
    /// <param name="message">What happened, as a sentence.</param>
    public void Record(EventSource source, EventSubject about, string type, string reason, string message) =>
        _queue.Writer.TryWrite((new Happening(source, about, type, reason, message), time.GetUtcNow()));

    /// <summary>Writes events until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        await foreach (var (what, at) in _queue.Reader.ReadAllAsync(cancel))
        {
            try
            {
                await WriteAsync(what, at, cancel);
            }
            catch (KubeException e)
            {
                // Once: where one cannot be written, a thousand cannot.
                log.Log(_toldOfLoss ? LogLevel.Debug : LogLevel.Warning, "The event {Reason} of {Kind} {Name} is lost: {Error}", what.Reason, what.About.Kind, what.About.Name, e.Message);
                _toldOfLoss = true;
            }
        }
    }

    async Task WriteAsync(Happening what, DateTimeOffset at, CancellationToken cancel)
    {
        var @namespace = what.About.Namespace ?? "default";
        if (_known.TryGetValue(what, out var before))
        {
            var again = before with { Count = before.Count + 1 };
            try
            {
                var patch = new JsonObject { ["count"] = again.Count, ["lastTimestamp"] = KubeTime.Format(at) };
                await api.PatchAsync(KubeResources.Events, @namespace, again.Name, PatchType.Merge, JsonSerializer.SerializeToUtf8Bytes(patch), options, cancel);
                _known[what] = again;
                return;
            }
            catch (KubeOperationException e) when (e.Status.Code == 404)
            {
                // Old events expire; this one begins anew.
            }
        }
        if (_known.Count >= Remembered)
            _known.Clear();
        var first = new KnownEvent($"{what.About.Name[..Math.Min(LongestPrefix, what.About.Name.Length)].TrimEnd('.', '-')}.{Guid.NewGuid():N}"[..^16], 1);
        await api.CreateAsync(KubeResources.Events, @namespace, Document(what, @namespace, first, at), options, cancel);
        _known[what] = first;
    }

    static byte[] Document(Happening what, string @namespace, KnownEvent first, DateTimeOffset at)
    {
        var (source, about) = (what.Source, what.About);
        var involved = new JsonObject { ["kind"] = about.Kind, ["apiVersion"] = about.ApiVersion, ["name"] = about.Name, ["uid"] = about.Uid };
        if (about.Namespace is not null)
            involved["namespace"] = about.Namespace;
        if (about.FieldPath is not null)
            involved["fieldPath"] = about.FieldPath;
        var from = new JsonObject { ["component"] = source.Component };
        if (source.Host is not null)
            from["host"] = source.Host;
        return JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Event",
            ["metadata"] = new JsonObject { ["name"] = first.Name, ["namespace"] = @namespace },
            ["involvedObject"] = involved,
            ["type"] = what.Type,
            ["reason"] = what.Reason,
            ["message"] = what.Message,
            ["count"] = first.Count,
            ["firstTimestamp"] = KubeTime.Format(at),
            ["lastTimestamp"] = KubeTime.Format(at),
            ["source"] = from,
            ["reportingComponent"] = source.Component,
            ["reportingInstance"] = source.Host ?? "",
        });
    }

    sealed record Happening(EventSource Source, EventSubject About, string Type, string Reason, string Message);

    sealed record KnownEvent(string Name, int Count);
}
