using System.Management.Automation;
using System.Runtime.CompilerServices;
using Kube.Module.Base;
using Kube.Module.Watching;

namespace Kube.Module.Logs;

/// <summary>The pods whose logs are followed: those there are, and those that come later.</summary>
/// <param name="api">The cluster.</param>
/// <param name="pods">Which pods.</param>
/// <param name="pattern">Which of their names count; null: all.</param>
/// <param name="owner">What they belong to: with it, or with the job that it is, it ends; null: it goes on until it is cancelled.</param>
sealed class PodFeed(KubeApi api, ObjectQuery pods, WildcardPattern? pattern, KubeObject? owner)
{
    /// <summary>What there is, and then all news.</summary>
    public async IAsyncEnumerable<WatchNews> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var watch = new ObjectWatch(api, pods, pattern, null);
        if (owner is null || !IsOver(owner))
        {
            var end = owner is null ? null : ObjectWatch.OfName(api, ResourceOf(owner), owner.Namespace, owner.Name, [owner]);
            ObjectWatch[] watches = end is null ? [watch] : [watch, end];
            await foreach (var news in ObjectWatches.ReadAsync(watches, cancel))
                switch (news)
                {
                    case WatchNews.Changed { Event: var change } when news.Watch == end:
                        if (change.Type != KubeWatchEventType.Deleted && !IsOver(change.Object)) break;
                        // The two watches go side by side: the last pods may not have been told yet.
                        yield return await ListAsync(watch, cancel);
                        yield break;
                    // One who may not look at the owner has its pods nevertheless, and ends by Ctrl+C.
                    case WatchNews.Failed failed when news.Watch == end:
                        yield return new WatchNews.Troubled(failed.Watch, failed.Error, 1);
                        break;
                    case WatchNews.Begun begun:
                        yield return begun with { Items = Matching(begun.Items) };
                        break;
                    default:
                        yield return news;
                        break;
                }
            yield break;
        }
        yield return await ListAsync(watch, cancel);
    }

    async Task<WatchNews> ListAsync(ObjectWatch watch, CancellationToken cancel)
    {
        try
        {
            return new WatchNews.Begun(watch, Matching((await api.GetListAsync(pods.Resource, pods.Namespace, pods.Options, cancel)).Items));
        }
        catch (KubeException exception)
        {
            return new WatchNews.Failed(watch, exception);
        }
    }

    IReadOnlyList<KubeObject> Matching(IReadOnlyList<KubeObject> items) => pattern is null ? items : [.. items.Where(pod => pattern.IsMatch(pod.Name))];

    static bool IsOver(KubeObject owner) => owner is KubeJob { State: "Complete" or "Failed" };

    static KubeResource ResourceOf(KubeObject owner) => KubeResources.All.First(resource => resource.Kind == owner.Kind && resource.ApiVersion == owner.ApiVersion);
}
