using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Kube.Server.Storage;

namespace Kube.Server.Api;

/// <summary>GET of a collection: a consistent snapshot, selected, in pages, from stored bytes.</summary>
static class ListVerb
{
    const int CompressFrom = 128 << 10;
    const int FlushAt = 64 << 10;

    public static Task ExecuteAsync(ApiRequest request)
    {
        var query = ListQuery.Read(request.Query, request.Kind);
        return WriteAsync(request, Select(request, query));
    }

    /// <summary>The objects that a query means, as of one revision.</summary>
    public static ListPage Select(ApiRequest request, ListQuery query)
    {
        var state = request.Store.State;
        var token = query.Continue.Length > 0 ? ContinueToken.Parse(query.Continue) : null;
        var (revision, objects) = Snapshot(request, query, token, state);
        var start = token is null
            ? StoreState.Seek(objects, new ObjectKey(request.Path.Namespace, query.Fields.Name ?? ""))
            : StoreState.Seek(objects, token.After with { Name = token.After.Name + "\0" });
        var page = new List<StoredObject>();
        for (var i = start; i < objects.Count; i++)
        {
            var item = objects[i];
            if (request.Path.Namespace.Length > 0 && item.Key.Namespace != request.Path.Namespace)
                break;
            if (!query.Fields.Matches(item) || (!query.Labels.IsEverything && !query.Labels.Matches(item.Metadata.Labels)))
                continue;
            if (query.Limit > 0 && page.Count == query.Limit)
            {
                var next = new ContinueToken(revision, page[^1].Key);
                return new ListPage(page, revision, next.ToString(), query.Selects ? null : Remaining(request, objects, i));
            }

            page.Add(item);
        }

        return new ListPage(page, revision, "", null);
    }

    static (long Revision, ImmutableSortedSet<StoredObject> Objects) Snapshot(ApiRequest request, ListQuery query, ContinueToken? token, StoreState state)
    {
        var collection = request.Kind.Collection;
        var asked = token is not null ? token.Revision : query.Revision ?? -1;
        if (asked > state.Revision)
            throw Failures.RevisionTooLarge(asked, state.Revision);
        var exact = token is { Revision: >= 0 } || (query.Revision is not null && (query.ResourceVersionMatch == "Exact" || LegacyExact(query)));
        if (!exact)
            return (state.Revision, state.Collection(collection));
        try
        {
            return (asked, request.Store.CollectionAt(collection, asked));
        }
        catch (RevisionExpiredException) when (token is not null)
        {
            throw ExpiredContinue(token);
        }
    }

    // Without a match rule, a limit together with a version means exactly that version (Kubernetes' table of list semantics).
    static bool LegacyExact(ListQuery query) => query.ResourceVersionMatch.Length == 0 && query.Limit > 0;

    static StatusException ExpiredContinue(ContinueToken token) => new(new Status(410, "Expired",
        "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, " +
        "or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an " +
        "inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.")
    {
        Continue = (token with { Revision = -1 }).ToString(),
    });

    static long Remaining(ApiRequest request, ImmutableSortedSet<StoredObject> objects, int from)
    {
        if (request.Path.Namespace.Length == 0)
            return objects.Count - from;
        // "\0" sorts after the namespace itself and before any longer name.
        return StoreState.Seek(objects, new ObjectKey(request.Path.Namespace + "\0", "")) - from;
    }

    /// <summary>Answers with a page, in the form that the client asked for.</summary>
    public static async Task WriteAsync(ApiRequest request, ListPage page)
    {
        var renderer = new ObjectRenderer(request.Kind, ResponseForm.Negotiate(request.Http.Request), request.Query);
        var response = request.Http.Response;
        response.ContentType = renderer.Form.ContentType;
        var head = renderer.ListHead(page.Revision.ToString(CultureInfo.InvariantCulture), page.Continue, page.Remaining);
        var now = request.Now;
        if (renderer.Form.Yaml)
        {
            var whole = new ArrayBufferWriter<byte>();
            WriteAll(whole, renderer, head, page, now);
            await response.Body.WriteAsync(Encoding.UTF8.GetBytes(request.Services.Yaml.FromJson(whole.WrittenSpan)), request.Cancel);
            return;
        }

        var compress = page.Items.Sum(i => (long)i.Json.Length) >= CompressFrom && AcceptsGzip(request.Http.Request);
        if (!compress)
        {
            await StreamAsync(response.BodyWriter, renderer, head, page, now, request.Cancel);
            return;
        }

        response.Headers.ContentEncoding = "gzip";
        response.Headers.Append("Vary", "Accept-Encoding");
        await using var gzip = new GZipStream(response.Body, CompressionLevel.Fastest);
        var writer = System.IO.Pipelines.PipeWriter.Create(gzip, new System.IO.Pipelines.StreamPipeWriterOptions(leaveOpen: true));
        await StreamAsync(writer, renderer, head, page, now, request.Cancel);
        await writer.CompleteAsync();
    }

    static async Task StreamAsync(System.IO.Pipelines.PipeWriter writer, ObjectRenderer renderer, byte[] head, ListPage page, DateTimeOffset now, CancellationToken cancel)
    {
        writer.Write(head);
        for (var i = 0; i < page.Items.Count; i++)
        {
            if (i > 0)
                writer.Write(","u8);
            renderer.WriteItem(writer, page.Items[i], now);
            if (writer.UnflushedBytes >= FlushAt)
                await writer.FlushAsync(cancel);
        }

        writer.Write("]}"u8);
        await writer.FlushAsync(cancel);
    }

    static void WriteAll(IBufferWriter<byte> to, ObjectRenderer renderer, byte[] head, ListPage page, DateTimeOffset now)
    {
        to.Write(head);
        for (var i = 0; i < page.Items.Count; i++)
        {
            if (i > 0)
                to.Write(","u8);
            renderer.WriteItem(to, page.Items[i], now);
        }

        to.Write("]}"u8);
    }

    static bool AcceptsGzip(HttpRequest request) =>
        Microsoft.Net.Http.Headers.StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var encodings) &&
        encodings.Any(e => e.Quality != 0 && e.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase));
}

/// <summary>One page of a list.</summary>
/// <param name="Continue">Leads to the next page; empty on the last.</param>
/// <param name="Remaining">How many objects come after it, where that is known without looking at them.</param>
sealed record ListPage(IReadOnlyList<StoredObject> Items, long Revision, string Continue, long? Remaining);
