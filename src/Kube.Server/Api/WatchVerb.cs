using Kube.Server.Storage;

namespace Kube.Server.Api;

/// <summary>GET with <c>watch=true</c>, or below <c>/watch/</c>: the changes of a collection, or of one object, as they happen.</summary>
static class WatchVerb
{
    static readonly TimeSpan BookmarkInterval = TimeSpan.FromSeconds(60);
    static readonly TimeSpan ShortestDefault = TimeSpan.FromMinutes(30);

    public static async Task ExecuteAsync(ApiRequest request)
    {
        var query = ListQuery.Read(request.Query, request.Kind, request.Path.Name, watch: true);
        var renderer = new ObjectRenderer(request.Kind, ResponseForm.Negotiate(request.Http.Request, stream: true), request.Query);
        var state = request.Store.State;
        if (query.Revision > state.Revision)
            throw Failures.RevisionTooLarge(query.Revision.Value, state.Revision);

        // A random end spreads the reconnections of many watchers.
        var lifetime = query.Timeout ?? ShortestDefault * (1 + Random.Shared.NextDouble());
        using var end = CancellationTokenSource.CreateLinkedTokenSource(request.Cancel, request.Services.Stopping);
        end.CancelAfter(lifetime);
        request.Http.Response.ContentType = "application/json";
        var stream = new WatchStream(request, query, renderer, request.Http.Response.BodyWriter);
        try
        {
            await FollowAsync(request, query, stream, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The time is up, the client has left or the server stops: each is a watch's regular end.
        }
        catch (WatcherTooSlowException)
        {
            // The client notices the end, and by its next request that it must list again.
        }
    }

    static async Task FollowAsync(ApiRequest request, ListQuery query, WatchStream stream, CancellationToken end)
    {
        // With initial events the present state is sent first; without a version, too.
        var initial = query.SendInitialEvents ?? query.Revision is null;
        WatchSubscription subscription;
        try
        {
            subscription = request.Store.Watch(request.Kind.Collection, initial ? null : query.Revision);
        }
        catch (RevisionExpiredException e)
        {
            stream.WriteError(Failures.Expired(e.Message).Status);
            await stream.FlushAsync(end);
            return;
        }

        using (subscription)
        {
            if (initial)
                await SendInitialAsync(request, query, stream, subscription, end);
            foreach (var change in subscription.Backlog)
                stream.Write(change);
            await stream.FlushAsync(end); // also sends the headers, by which clients know that the watch stands
            await SendChangesAsync(request, query, stream, subscription, end);
        }
    }

    static async Task SendInitialAsync(ApiRequest request, ListQuery query, WatchStream stream, WatchSubscription subscription, CancellationToken end)
    {
        var objects = subscription.State.Collection(request.Kind.Collection);
        for (var i = StoreState.Seek(objects, new ObjectKey(request.Path.Namespace, "")); i < objects.Count; i++)
        {
            if (!stream.IsInScope(objects[i]))
                break;
            stream.WriteInitial(objects[i]);
            if (stream.IsFull)
                await stream.FlushAsync(end);
        }

        if (query is { SendInitialEvents: true, AllowWatchBookmarks: true })
            stream.WriteBookmark(subscription.State.Revision, initialEventsEnd: true);
    }

    static async Task SendChangesAsync(ApiRequest request, ListQuery query, WatchStream stream, WatchSubscription subscription, CancellationToken end)
    {
        var bookmarkAt = request.Now + BookmarkInterval;
        Task<bool>? more = null;
        while (true)
        {
            // Read before the queue is found empty: every change up to this revision has then been sent.
            var seen = request.Store.State.Revision;
            while (subscription.Changes.TryRead(out var change))
            {
                stream.Write(change);
                if (stream.IsFull)
                    await stream.FlushAsync(end);
            }

            if (query.AllowWatchBookmarks && request.Now >= bookmarkAt)
            {
                stream.WriteBookmark(seen, initialEventsEnd: false);
                bookmarkAt = request.Now + BookmarkInterval;
            }

            await stream.FlushAsync(end);
            more ??= subscription.Changes.WaitToReadAsync(end).AsTask();
            if (query.AllowWatchBookmarks && await Task.WhenAny(more, Task.Delay(BookmarkInterval, request.Services.Time, end)) != more)
                continue;
            if (!await more)
                return;
            more = null;
        }
    }
}
