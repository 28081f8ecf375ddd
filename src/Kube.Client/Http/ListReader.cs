using System.Runtime.CompilerServices;
using System.Text.Json;
using Kube.Columns;

namespace Kube.Http;

/// <summary>Reads a list page by page, each object as it arrives; the next page is requested while this one is read.</summary>
/// <remarks>
/// Where the server has forgotten the list's version (410), or a page breaks off, the list goes on: after 410 it is asked for once more from the
/// start and whole (an error, should that fail so too), after a break the same page again, and objects that were already handed out are left out. They are known by
/// namespace and name, so no order is assumed. A list that must be true at one version cannot go on so: with
/// <paramref name="exact"/> both are errors.
/// </remarks>
sealed class ListReader(KubeApi api, KubeResource resource, string? @namespace, ListOptions options, bool exact = false)
{
    const int MaxBreaks = 2;

    readonly KubeConnection _connection = api.Connection;

    readonly HashSet<(string?, string)> _written = [];

    /// <summary>The version of the last page read.</summary>
    public string? ResourceVersion { get; private set; }

    public async IAsyncEnumerable<KubeObject> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Task<HttpResponseMessage>? ahead = null;
        string? at = null;
        var (whole, again, breaks) = (options.Limit <= 0, false, 0);
        try
        {
            while (true)
            {
                HttpResponseMessage answer;
                try
                {
                    answer = await (ahead ?? OpenAsync(at, whole, stop.Token)).ConfigureAwait(false);
                }
                catch (KubeOperationException e) when (e.Status.Code == 410 && at is not null && !whole && !exact)
                {
                    (at, ahead, whole, again) = (null, null, true, true);
                    continue;
                }
                ahead = null;
                using var page = answer;
                var slicer = new ListSlicer();
                var stream = await page.Content.ReadAsStreamAsync(stop.Token).ConfigureAwait(false);
                var broken = false;
                while (!slicer.Done && !broken)
                {
                    while (TryNext(slicer, out var item))
                    {
                        if (exact || _written.Add((item.Namespace, item.Name)) || !again) yield return item;
                    }
                    if (slicer.Continue is { Length: > 0 } next) ahead ??= OpenAsync(next, whole, stop.Token);
                    if (!slicer.Done) broken = !await FillAsync(slicer, stream, exact || breaks >= MaxBreaks, stop.Token).ConfigureAwait(false);
                }
                if (broken)
                {
                    breaks++;
                    again = true;
                    if (ahead is not null) await DiscardAsync(ahead).ConfigureAwait(false);
                    ahead = null;
                    continue;
                }
                ResourceVersion = slicer.ResourceVersion;
                if (slicer.Continue is not { Length: > 0 } rest) yield break;
                at = rest;
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            if (ahead is not null) await DiscardAsync(ahead).ConfigureAwait(false);
        }
    }

    Task<HttpResponseMessage> OpenAsync(string? at, bool whole, CancellationToken cancel)
    {
        var request = KubeRequest.List(resource, @namespace, whole ? options with { Limit = 0 } : options, at);
        return _connection.SendAsync(api.PrinterColumns ? Table.Ask(request, resource) : request, cancel);
    }

    bool TryNext(ListSlicer slicer, out KubeObject item)
    {
        item = null!;
        try
        {
            if (!slicer.TryNext(out var json)) return false;
            item = slicer.IsTable
                ? Table.ReadRow(json.Span, resource, _connection, slicer.Columns, DateTime.UtcNow)
                : KubeObject.FromListItem(json, resource.ApiVersion, resource.Kind, _connection);
            return true;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new KubeStreamException($"The list of {resource.Name} from {KubeConnection.Show(_connection.Server)} cannot be read: {e.Message}", e);
        }
    }

    // False: the page broke off and may be asked for again.
    async Task<bool> FillAsync(ListSlicer slicer, Stream stream, bool final, CancellationToken cancel)
    {
        try
        {
            var read = await stream.ReadAsync(slicer.Room(), cancel).ConfigureAwait(false);
            slicer.Arrived(read);
            return true;
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return !final ? false
                : throw new KubeStreamException($"The list of {resource.Name} from {KubeConnection.Show(_connection.Server)} broke off.", e);
        }
    }

    static async Task DiscardAsync(Task<HttpResponseMessage> ahead)
    {
        await ((Task)ahead).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (ahead.IsCompletedSuccessfully) ahead.Result.Dispose();
    }
}
