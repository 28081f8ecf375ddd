using System.Text;
using Kube.Tests.Http;
using Kube.Watch;

namespace Kube.Tests.Watch;

/// <summary>A connection that breaks off at every byte there is.</summary>
public class CutWatchTests
{
    static readonly string[] Events =
    [
        Event("ADDED", "x", 8), Event("MODIFIED", "x", 9), """{"type":"BOOKMARK","object":{"kind":"Pod","apiVersion":"v1","metadata":{"resourceVersion":"10"}}}""" + "\n", Event("ADDED", "ü€😀", 11), Event("DELETED", "x", 12),
    ];

    static string Event(string type, string name, int version) => $$$"""{"type":"{{{type}}}","object":{"kind":"Pod","apiVersion":"v1","metadata":{"name":"{{{name}}}","namespace":"a","resourceVersion":"{{{version}}}"} } }""" + "\n";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_is_lost_or_told_twice_wherever_it_breaks_off(bool secure)
    {
        var (cut, watches) = (0, 0);
        await using var server = await TestApi.StartAsync(secure, async c =>
        {
            // The events are those from version 8 on.
            var rest = Encoding.UTF8.GetBytes(string.Concat(Events.Skip(int.Parse(c.Request.Query["resourceVersion"]!) - 7)));
            c.Response.ContentType = "application/json";
            if (Interlocked.Increment(ref watches) > 1)
            {
                await c.Response.Body.WriteAsync(rest);
                await c.Response.Body.FlushAsync();
                await Task.Delay(Timeout.Infinite, c.RequestAborted);
            }
            await c.Response.Body.WriteAsync(rest.AsMemory(0, cut));
            await c.Response.Body.FlushAsync();
            c.Abort();
        });
        using var connection = new KubeConnection(server.Options());
        var length = Encoding.UTF8.GetByteCount(string.Concat(Events));
        // Over TLS each break costs a handshake: the bytes around the ends of frames do.
        var ends = Events.Select((_, count) => Encoding.UTF8.GetByteCount(string.Concat(Events.Take(count))));
        var cuts = secure ? ends.SelectMany(end => new[] { end - 2, end - 1, end, end + 1 }).Where(at => at >= 0) : Enumerable.Range(0, length + 1);
        foreach (var at in cuts)
        {
            (cut, watches) = (at, 0);
            using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            var feed = new WatchFeed(new ApiWatchSource(new KubeApi(connection), KubeResources.Pods, "a", new()), new Backoff(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(10)), TimeProvider.System);
            var told = new List<string>();
            await foreach (var change in feed.ReadAsync(new WatchState.Listed("7"), [], bound.Token))
            {
                told.Add($"{change.Type} {change.Object.Name} {change.Object.ResourceVersion}");
                if (told.Count == 4) break;
            }
            Assert.Equal(["Added x 8", "Modified x 9", "Added ü€😀 11", "Deleted x 12"], told);
        }
    }
}
