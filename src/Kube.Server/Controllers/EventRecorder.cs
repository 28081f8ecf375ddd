using System.Globalization;
using System.Threading.Channels;
using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers;

/// <summary>Writes events in the background; one that is repeated counts up. A controller never waits for its events, nor fails with them.</summary>
sealed class EventRecorder(KubeApi api, TimeProvider time, ILogger log)
{
    const int Remembered = 4096;

    // Beyond that, what happens faster than it can be written down is lost.
    const int Waiting = 10_000;

    readonly Channel<Occurrence> _occurrences = Channel.CreateBounded<Occurrence>(new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropWrite });
    readonly Dictionary<Occurrence, Written> _written = [];
    bool _toldOfLoss;

    public void Normal(ControllerIdentity by, ObjectMeta about, string reason, string message) => Normal(by.Component, by.ApiVersion, by.Kind, about, reason, message);

    public void Warning(ControllerIdentity by, ObjectMeta about, string reason, string message) => Warning(by.Component, by.ApiVersion, by.Kind, about, reason, message);

    public void Normal(string component, string apiVersion, string kind, ObjectMeta about, string reason, string message) =>
        Add(new Occurrence(component, "Normal", apiVersion, kind, about.Namespace ?? "default", about.Name, about.Uid, reason, message));

    public void Warning(string component, string apiVersion, string kind, ObjectMeta about, string reason, string message) =>
        Add(new Occurrence(component, "Warning", apiVersion, kind, about.Namespace ?? "default", about.Name, about.Uid, reason, message));

    public async Task RunAsync(CancellationToken cancel)
    {
        await foreach (var occurrence in _occurrences.Reader.ReadAllAsync(cancel))
            try
            {
                await WriteAsync(occurrence, cancel);
            }
            catch (KubeException e)
            {
                // Once: where one cannot be written, a thousand cannot.
                log.Log(_toldOfLoss ? LogLevel.Debug : LogLevel.Warning, "event {Reason} of {Kind} {Name} is lost: {Message}", occurrence.Reason, occurrence.Kind, occurrence.Name, e.Message);
                _toldOfLoss = true;
            }
    }

    void Add(Occurrence occurrence) => _occurrences.Writer.TryWrite(occurrence);

    async Task WriteAsync(Occurrence occurrence, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (_written.TryGetValue(occurrence, out var before))
            try
            {
                _written[occurrence] = before with { Count = before.Count + 1 };
                var patch = JsonBody.Write(json =>
                {
                    json.WriteNumber("count", before.Count + 1);
                    json.WriteString("lastTimestamp", Rfc3339(now));
                });
                await api.PatchAsync(KubeResources.Events, occurrence.Namespace, before.Name, PatchType.Merge, patch, ControllerOptions.Write, cancel);
                return;
            }
            catch (KubeOperationException e) when (e.Status.Reason == "NotFound")
            {
                // It has been cleared away: this one is the first again.
            }
        if (_written.Count >= Remembered) _written.Clear();
        var name = string.Create(CultureInfo.InvariantCulture, $"{occurrence.Name}.{now.Ticks:x}{Random.Shared.Next(0x1000):x3}");
        await api.CreateAsync(KubeResources.Events, occurrence.Namespace, First(occurrence, name, now), ControllerOptions.Write, cancel);
        _written[occurrence] = new Written(name, 1);
    }

    static byte[] First(Occurrence o, string name, DateTimeOffset now) => JsonBody.Write(json =>
    {
        json.WriteString("apiVersion", "v1");
        json.WriteString("kind", "Event");
        json.WriteStartObject("metadata");
        json.WriteString("name", name);
        json.WriteString("namespace", o.Namespace);
        json.WriteEndObject();
        json.WriteStartObject("involvedObject");
        json.WriteString("apiVersion", o.ApiVersion);
        json.WriteString("kind", o.Kind);
        json.WriteString("name", o.Name);
        json.WriteString("namespace", o.Namespace);
        json.WriteString("uid", o.Uid);
        json.WriteEndObject();
        json.WriteString("reason", o.Reason);
        json.WriteString("message", o.Message);
        json.WriteString("type", o.Type);
        json.WriteNumber("count", 1);
        json.WriteString("firstTimestamp", Rfc3339(now));
        json.WriteString("lastTimestamp", Rfc3339(now));
        json.WriteStartObject("source");
        json.WriteString("component", o.Component);
        json.WriteEndObject();
        json.WriteString("reportingComponent", o.Component);
        json.WriteString("reportingInstance", "");
    });

    static string Rfc3339(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    sealed record Occurrence(string Component, string Type, string ApiVersion, string Kind, string Namespace, string Name, string Uid, string Reason, string Message);

    sealed record Written(string Name, int Count);
}
