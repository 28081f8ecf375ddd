using System.Threading.Channels;
using Kube.Tests.Http;
using Microsoft.AspNetCore.Http;

namespace Kube.Tests.Watch;

/// <summary>Watches against a real server.</summary>
public class ApiWatchTests
{
    const string Empty = """{"kind":"PodList","metadata":{"resourceVersion":"7"},"items":[]}""";

    static string Event(string type, string name, string version) => $$$"""{"type":"{{{type}}}","object":{"kind":"Pod","apiVersion":"v1","metadata":{"name":"{{{name}}}","namespace":"a","resourceVersion":"{{{version}}}"} } }""" + "\n";

    static async Task SendAsync(HttpContext context, string text)
    {
        if (!context.Response.HasStarted) context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(text);
        await context.Response.Body.FlushAsync();
    }

    static bool Watches(HttpContext context) => context.Request.Query.ContainsKey("watch");

    static async Task<List<string>> TakeAsync(TestApi server, int count)
    {
        using var connection = new KubeConnection(server.Options());
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var told = new List<string>();
        await foreach (var change in new KubeApi(connection).WatchAsync(KubeResources.Pods, "a", new() { LabelSelector = "app=web" }, bound.Token))
        {
            Assert.Same(connection, change.Object.Connection);
            told.Add($"{change.Type} {change.Object.Name} {change.Object.ResourceVersion}");
            if (told.Count == count) break;
        }
        return told;
    }

    [Theory]
    [InlineData("", "Deleted x 3")]
    [InlineData("""{"metadata":{"name":"x","namespace":"a","resourceVersion":"5"}}""", "Modified x 5")]
    [InlineData("""{"metadata":{"name":"x","namespace":"a","resourceVersion":"3"}},{"metadata":{"name":"y","namespace":"a","resourceVersion":"4"}}""", "Added y 4")]
    public async Task What_happened_since_it_was_read_is_told(string items, string told)
    {
        await using var server = await TestApi.StartAsync(secure: false, c => Watches(c)
            ? Task.Delay(Timeout.Infinite, c.RequestAborted)
            : TestApi.Json(c, $$"""{"metadata":{"resourceVersion":"7"},"items":[{{items}}]}"""));
        using var connection = new KubeConnection(server.Options());
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var read = KubeObject.Parse("""{"kind":"Pod","apiVersion":"v1","metadata":{"name":"x","namespace":"a","resourceVersion":"3"}}"""u8.ToArray(), connection);

        await foreach (var change in new KubeApi(connection).WatchAsync(KubeResources.Pods, "a", new(), [read], bound.Token))
        {
            Assert.Equal(told, $"{change.Type} {change.Object.Name} {change.Object.ResourceVersion}");
            return;
        }
        Assert.Fail("The watch ended.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Each_change_comes_as_it_is_sent_and_who_stops_reading_ends_the_request(bool secure)
    {
        var gone = new TaskCompletionSource();
        await using var server = await TestApi.StartAsync(secure, async c =>
        {
            if (!Watches(c))
            {
                await TestApi.Json(c, """{"metadata":{"resourceVersion":"7"},"items":[{"metadata":{"name":"x","namespace":"a","resourceVersion":"3"}}]}""");
                return;
            }
            c.RequestAborted.Register(gone.SetResult);
            await SendAsync(c, Event("MODIFIED", "x", "8") + Event("DELETED", "x", "9")[..20]);
            await SendAsync(c, Event("DELETED", "x", "9")[20..]);
            await Task.Delay(Timeout.Infinite, c.RequestAborted);
        });
        Assert.Equal(["Added x 3", "Modified x 8", "Deleted x 9"], await TakeAsync(server, 3));
        await gone.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal("/api/v1/namespaces/a/pods?labelSelector=app%3Dweb&limit=500", server.Requests.First().Target);
        Assert.Matches(@"^/api/v1/namespaces/a/pods\?watch=true&labelSelector=app%3Dweb&resourceVersion=7&allowWatchBookmarks=true&timeoutSeconds=\d{3}$", server.Requests.Last().Target);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_goes_on_over_closed_and_broken_streams_bookmarks_and_forgotten_versions(bool secure)
    {
        var versions = new List<string>();
        var lists = 0;
        await using var server = await TestApi.StartAsync(secure, async c =>
        {
            if (!Watches(c))
            {
                await TestApi.Json(c, ++lists == 1 ? Empty : """{"metadata":{"resourceVersion":"20"},"items":[{"metadata":{"name":"z","namespace":"a","resourceVersion":"19"}}]}""");
                return;
            }
            versions.Add(c.Request.Query["resourceVersion"]!);
            switch (versions.Count)
            {
                case 1:
                    await SendAsync(c, Event("ADDED", "x", "8"));
                    break;
                case 2:
                    await SendAsync(c, """{"type":"BOOKMARK","object":{"kind":"Pod","apiVersion":"v1","metadata":{"resourceVersion":"12"}}}""" + "\n");
                    break;
                case 3:
                    await SendAsync(c, Event("MODIFIED", "x", "13") + "{\"type\":");
                    break;
                case 4:
                    await SendAsync(c, """{"type":"ERROR","object":{"kind":"Status","reason":"Expired","message":"too old","code":410}}""" + "\n");
                    break;
                case 5:
                    await TestApi.Json(c, """{"kind":"Status","reason":"Expired","message":"too old","code":410}""", 410);
                    break;
                default:
                    await SendAsync(c, Event("MODIFIED", "z", "21"));
                    await Task.Delay(Timeout.Infinite, c.RequestAborted);
                    break;
            }
        });
        Assert.Equal(["Added x 8", "Modified x 13", "Deleted x 13", "Added z 19", "Modified z 21"], await TakeAsync(server, 5));
        Assert.Equal(["7", "8", "12", "13", "20", "20"], versions);
        Assert.Equal(3, lists);
    }

    [Fact]
    public async Task A_server_that_restarts_is_found_again()
    {
        var port = 0;
        async Task<TestApi> StartAsync(string name, string version)
        {
            var api = await TestApi.StartAsync(async c =>
            {
                if (!Watches(c))
                {
                    await TestApi.Json(c, $$$"""{"metadata":{"resourceVersion":"{{{version}}}"},"items":[{"metadata":{"name":"{{{name}}}","resourceVersion":"{{{version}}}"}}]}""");
                    return;
                }
                if (c.Request.Query["resourceVersion"] != version) await TestApi.Json(c, "{}", 410);
                else await Task.Delay(Timeout.Infinite, c.RequestAborted);
            }, port: port);
            port = api.Address.Port;
            return api;
        }

        var first = await StartAsync("x", "1");
        using var connection = new KubeConnection(first.Options());
        var told = Channel.CreateUnbounded<string>();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var informer = new Informer(new KubeApi(connection), KubeResources.Nodes, null, new());
        var run = informer.RunAsync(change => told.Writer.TryWrite($"{change.Type} {change.Object.Name}"), stop.Token);
        await informer.Synced.WaitAsync(TimeSpan.FromSeconds(60));
        await first.DisposeAsync();
        await using var second = await StartAsync("y", "500");
        var all = new List<string>();
        while (all.Count < 3) all.Add(await told.Reader.ReadAsync(stop.Token));
        Assert.Equal(["Added x", "Deleted x", "Added y"], all);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task What_no_wait_can_mend_ends_it(int code)
    {
        await using var server = await TestApi.StartAsync(c => Watches(c) ? TestApi.Json(c, "", code) : TestApi.Json(c, Empty));
        Assert.Equal(code, (await Assert.ThrowsAsync<KubeOperationException>(() => TakeAsync(server, 1))).Status.Code);
    }

    [Fact]
    public async Task Before_the_first_list_any_failure_ends_it()
    {
        await using var server = await TestApi.StartAsync(c => TestApi.Json(c, "", 400));
        Assert.Equal(400, (await Assert.ThrowsAsync<KubeOperationException>(() => TakeAsync(server, 1))).Status.Code);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_stream_that_outlives_its_time_counts_as_broken()
    {
        await using var server = await TestApi.StartAsync(async c =>
        {
            await SendAsync(c, Event("ADDED", "x", "8"));
            await Task.Delay(Timeout.Infinite, c.RequestAborted);
        });
        using var connection = new KubeConnection(server.Options());
        var answer = await connection.SendAsync(Kube.Http.KubeRequest.Watch(KubeResources.Pods, null, new(), "7", 1), CancellationToken.None);
        await using var stream = new Kube.Watch.ApiWatchStream(answer, await answer.Content.ReadAsStreamAsync(), connection, KubeResources.Pods, TimeSpan.FromSeconds(2));
        Assert.IsType<Kube.Watch.WatchFrame.Change>(await stream.ReadAsync(CancellationToken.None));
        Assert.Contains("is silent", (await Assert.ThrowsAsync<KubeStreamException>(async () => await stream.ReadAsync(CancellationToken.None))).Message);
    }

    [Theory]
    [InlineData("""{"type":"NEWS","object":{}}""")]
    [InlineData("""[]""")]
    [InlineData("""{"type":"ADDED","object":{"metadata":""")]
    public async Task A_stream_that_cannot_be_read(string text)
    {
        await using var server = await TestApi.StartAsync(c => SendAsync(c, text));
        using var connection = new KubeConnection(server.Options());
        var answer = await connection.SendAsync(Kube.Http.KubeRequest.Watch(KubeResources.Pods, null, new(), "7", 1), CancellationToken.None);
        await using var stream = new Kube.Watch.ApiWatchStream(answer, await answer.Content.ReadAsStreamAsync(), connection, KubeResources.Pods, TimeSpan.FromSeconds(20));
        Assert.Contains("cannot be read", (await Assert.ThrowsAsync<KubeStreamException>(async () => await stream.ReadAsync(CancellationToken.None))).Message);
    }
}
