using System.Management.Automation;
using System.Threading.Channels;
using Kube.Module.Base;

namespace Kube.Module.Watching;

/// <summary>One watch of a command.</summary>
/// <param name="Api">Where.</param>
/// <param name="Query">What is watched.</param>
/// <param name="Pattern">Which names count; null: all.</param>
/// <param name="Known">What is known of it already; null: what there is when the watch begins counts as known.</param>
sealed record ObjectWatch(KubeApi Api, ObjectQuery Query, WildcardPattern? Pattern, IReadOnlyList<KubeObject>? Known)
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
                if (Pattern?.IsMatch(change.Object.Name) != false) await news.WriteAsync(new WatchNews.Changed(this, change), cancel).ConfigureAwait(false);
        }
        catch (KubeException exception)
        {
            await news.WriteAsync(new WatchNews.Failed(this, exception), cancel).ConfigureAwait(false);
        }
    }

    public override string ToString() => $"{Query.Resource.Name}{(Query.Namespace is { } place ? " in namespace " + place : "")} at {Api.Connection.Name}";

    async Task<IAsyncEnumerable<KubeWatchEvent>> OpenAsync(ChannelWriter<WatchNews> news, CancellationToken cancel)
    {
        var (resource, place, options) = Query;
        if (Known is not null) return Api.WatchAsync(resource, place, options, Known, cancel, Tell);
        var list = await Api.GetListAsync(resource, place, options, cancel).ConfigureAwait(false);
        return Api.WatchAsync(resource, place, options, list, cancel, Tell);

        // Where there is no room, changes that nobody has taken yet are before it, and it would come too late.
        void Tell(KubeException error, int inARow) => news.TryWrite(new WatchNews.Troubled(this, error, inARow));
    }
}
