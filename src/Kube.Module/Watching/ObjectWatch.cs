using System.Management.Automation;
using System.Threading.Channels;
using Kube.Module.Base;

namespace Kube.Module.Watching;

/// <summary>One watch of a command.</summary>
/// <param name="api">Where.</param>
/// <param name="query">What is watched.</param>
/// <param name="pattern">Which names count; null: all.</param>
/// <param name="known">What is known of it already; null: what there is when the watch begins, which is told as such.</param>
sealed class ObjectWatch(KubeApi api, ObjectQuery query, WildcardPattern? pattern, IReadOnlyList<KubeObject>? known)
{
    /// <summary>A watch of the one object of a name.</summary>
    public static ObjectWatch OfName(KubeApi api, KubeResource resource, string? @namespace, string name, IReadOnlyList<KubeObject>? known) =>
        new(api, new ObjectQuery(resource, @namespace, new ListOptions { FieldSelector = "metadata.name=" + name }), null, known);

    /// <summary>Tells all news until it is cancelled, or has failed and told so.</summary>
    public async Task RunAsync(ChannelWriter<WatchNews> news, CancellationToken cancel)
    {
        try
        {
            await foreach (var change in (await OpenAsync(news, cancel).ConfigureAwait(false)).ConfigureAwait(false))
                if (pattern?.IsMatch(change.Object.Name) != false) await news.WriteAsync(new WatchNews.Changed(this, change), cancel).ConfigureAwait(false);
        }
        catch (KubeException exception)
        {
            await news.WriteAsync(new WatchNews.Failed(this, exception), cancel).ConfigureAwait(false);
        }
    }

    public override string ToString() => $"{query.Resource.Name}{(query.Namespace is { } place ? " in namespace " + place : "")} at {api.Connection.Name}";

    async Task<IAsyncEnumerable<KubeWatchEvent>> OpenAsync(ChannelWriter<WatchNews> news, CancellationToken cancel)
    {
        var (resource, place, options) = query;
        if (known is not null) return api.WatchAsync(resource, place, options, known, cancel, Tell);
        var list = await api.GetListAsync(resource, place, options, cancel).ConfigureAwait(false);
        await news.WriteAsync(new WatchNews.Begun(this, list.Items), cancel).ConfigureAwait(false);
        return api.WatchAsync(resource, place, options, list, cancel, Tell);

        // Where there is no room, changes that nobody has taken yet are before it, and it would come too late.
        void Tell(KubeException error, int inARow) => news.TryWrite(new WatchNews.Troubled(this, error, inARow));
    }
}
