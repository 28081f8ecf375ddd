using Kube.Module.Base;
using Kube.Module.Rollouts;

namespace Kube.Module.Waiting;

/// <summary>What there is to say of an object that does not come to be as it should, beyond its own status: its pods, and what happened last.</summary>
static class StuckStory
{
    /// <summary>Sentences, each with a space before it; nothing where nobody says.</summary>
    /// <param name="api">Where it is.</param>
    /// <param name="subject">The object.</param>
    /// <param name="reason">What has been said already.</param>
    /// <param name="limit">Cancelled where it takes too long.</param>
    public static async Task<string> TellAsync(KubeApi api, KubeObject subject, string reason, CancellationToken limit)
    {
        try
        {
            var pod = await TroubledPods.FindAsync(api, subject, limit).ConfigureAwait(false);
            var own = pod is null ? "" : $" Pod {pod.Name} is {StuckReason.Of(pod)}.";
            var last = await LastEventAsync(api, pod ?? subject, limit).ConfigureAwait(false);
            // The reason of a container is often the event's.
            return last?.Message is not { Length: > 0 } message || (reason + own).Contains(message, StringComparison.Ordinal) ? own : $"{own} Its last event is {last.Reason}: {message.TrimEnd('.')}.";
        }
        catch (Exception exception) when (exception is KubeException or OperationCanceledException)
        {
            // The reason that is known has to do: not everybody may read pods and events.
            return "";
        }
    }

    /// <summary>The last warning, else the last of all.</summary>
    static async Task<KubeEvent?> LastEventAsync(KubeApi api, KubeObject subject, CancellationToken limit)
    {
        KubeEvent? last = null;
        await foreach (var item in api.ListAsync(KubeResources.Events, subject.Namespace ?? "default", new ListOptions { FieldSelector = "involvedObject.uid=" + subject.Uid }, limit).ConfigureAwait(false))
            if (item is KubeEvent happening && (last is null || Rank(happening).CompareTo(Rank(last)) >= 0)) last = happening;
        return last;
    }

    static (bool IsWarning, DateTime When) Rank(KubeEvent happening) => (happening.Type == "Warning", happening.LastSeen ?? happening.CreationTimestamp ?? DateTime.MinValue);
}
