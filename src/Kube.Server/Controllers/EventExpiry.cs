using System.Text.Json;
using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers;

/// <summary>Deletes events an hour after they last happened, as kube-apiserver does by default.</summary>
sealed class EventExpiry(KubeApi api, TimeProvider time, ILogger log)
{
    static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    public async Task RunAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
            try
            {
                await SweepAsync(cancel);
            }
            catch (KubeException e)
            {
                log.LogWarning("clearing old events away: {Message}", e.Message);
            }
        while (await timer.WaitForNextTickAsync(cancel));
    }

    internal static bool IsOver(EventDocument item, DateTimeOffset now)
    {
        DateTimeOffset?[] times = [item.Series?.LastObservedTime, item.LastTimestamp, item.EventTime, item.FirstTimestamp, item.Metadata.CreationTimestamp];
        return times.Max() is { } last && now - last > Lifetime;
    }

    internal async Task SweepAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await foreach (var found in api.ListAsync(KubeResources.Events, null, new ListOptions(), cancel))
        {
            var item = JsonSerializer.Deserialize(found.Json.Span, DocumentJson.Default.EventDocument)!;
            if (!IsOver(item, now)) continue;
            try
            {
                // Not one that has happened again since.
                await api.DeleteAsync(KubeResources.Events, item.Metadata.Namespace, item.Metadata.Name,
                    new DeleteOptions { Uid = item.Metadata.Uid, ResourceVersion = item.Metadata.ResourceVersion }, cancel);
            }
            catch (KubeOperationException e) when (e.Status.Reason is "NotFound" or "Conflict")
            {
                // Gone, or young again.
            }
        }
    }
}
