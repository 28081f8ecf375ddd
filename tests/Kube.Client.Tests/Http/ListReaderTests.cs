using Microsoft.AspNetCore.Http;

namespace Kube.Tests.Http;

public class ListReaderTests
{
    static string Page(string version, string? @continue, params string[] names) =>
        $$"""{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"{{version}}","continue":"{{@continue}}"},"items":[{{string.Join(",", names.Select(n => $$$"""{"metadata":{"name":"{{{n}}}","namespace":"a"}}"""))}}]}""";

    const string Gone = """{"kind":"Status","reason":"Expired","message":"too old","code":410}""";

    static Task<List<string>> NamesAsync(TestApi server) => NamesAsync(server.Address);

    static async Task<List<string>> NamesAsync(Uri address)
    {
        using var connection = new KubeConnection(new() { Server = address, Name = "test" });
        var names = new List<string>();
        await foreach (var pod in new KubeApi(connection).ListAsync(KubeResources.Pods, null, new() { Limit = 2 }, CancellationToken.None))
        {
            Assert.Equal(("v1", "Pod"), (pod.ApiVersion, pod.Kind));
            names.Add(pod.Name);
        }
        return names;
    }

    static Task<TestApi> PagesAsync(Func<string?, int, string> page)
    {
        var calls = 0;
        return TestApi.StartAsync(c =>
        {
            var json = page(c.Request.Query["continue"], ++calls);
            return TestApi.Json(c, json, json == Gone ? 410 : 200);
        });
    }

    [Fact]
    public async Task Page_after_page()
    {
        await using var server = await PagesAsync((at, _) => at switch { null => Page("7", "x", "a", "b"), "x" => Page("7", "y", "c", "d"), _ => Page("7", "", "e") });
        Assert.Equal(["a", "b", "c", "d", "e"], await NamesAsync(server));
        Assert.Equal(["/api/v1/pods?limit=2", "/api/v1/pods?limit=2&continue=x", "/api/v1/pods?limit=2&continue=y"], server.Requests.Select(r => r.Target));
    }

    [Fact]
    public async Task The_next_page_is_asked_for_while_this_one_is_read()
    {
        var second = new TaskCompletionSource();
        await using var server = await TestApi.StartAsync(async c =>
        {
            c.Response.ContentType = "application/json";
            if (c.Request.Query.ContainsKey("continue"))
            {
                second.SetResult();
                await c.Response.WriteAsync(Page("7", null, "c"));
                return;
            }
            var page = Page("7", "x", "a", "b");
            await c.Response.WriteAsync(page[..^20]);
            await c.Response.Body.FlushAsync();
            // The rest of this page waits for the request of the next.
            await second.Task.WaitAsync(TimeSpan.FromSeconds(60));
            await c.Response.WriteAsync(page[^20..]);
        });
        Assert.Equal(["a", "b", "c"], await NamesAsync(server));
    }

    [Fact]
    public async Task An_object_comes_before_the_page_is_whole()
    {
        var read = new TaskCompletionSource();
        await using var server = await TestApi.StartAsync(async c =>
        {
            c.Response.ContentType = "application/json";
            await c.Response.WriteAsync("""{"items":[{"metadata":{"name":"a"}},""");
            await c.Response.Body.FlushAsync();
            await read.Task.WaitAsync(TimeSpan.FromSeconds(60));
            await c.Response.WriteAsync("""{"metadata":{"name":"b"}}]}""");
        });
        using var connection = new KubeConnection(server.Options());
        var names = new List<string>();
        await foreach (var pod in new KubeApi(connection).ListAsync(KubeResources.Pods, null, new(), CancellationToken.None))
        {
            names.Add(pod.Name);
            read.TrySetResult();
        }
        Assert.Equal(["a", "b"], names);
    }

    [Fact]
    public async Task A_forgotten_version_starts_again_whole_without_telling_twice()
    {
        // Between the lists "b" went and "bb" came; names do not come in order.
        await using var server = await PagesAsync((at, call) => call switch { 1 => Page("7", "x", "b", "a"), 2 => Gone, _ => Page("9", "", "bb", "a", "c", "d") });
        Assert.Equal(["b", "a", "bb", "c", "d"], await NamesAsync(server));
        Assert.Equal("/api/v1/pods", server.Requests.Last().Target);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task The_same_name_in_another_namespace_is_another_object()
    {
        await using var server = await PagesAsync((at, call) => call switch { 1 => Page("7", "x", "a"), 2 => Gone, _ => Page("9", "", "a", "c").Replace("\"a\"}},{", "\"z\"}},{") });
        Assert.Equal(["a", "a", "c"], await NamesAsync(server));
    }

    [Fact]
    public async Task A_first_page_that_is_refused_is_an_error()
    {
        await using var server = await PagesAsync((_, _) => Gone);
        Assert.Equal(410, (await Assert.ThrowsAsync<KubeOperationException>(() => NamesAsync(server))).Status.Code);
    }

    [Fact]
    public async Task A_server_that_forgets_again_and_again_is_an_error()
    {
        await using var server = await PagesAsync((at, call) => at is null ? Page("7", "x", "a") : Gone);
        Assert.Equal(410, (await Assert.ThrowsAsync<KubeOperationException>(() => NamesAsync(server))).Status.Code);
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task A_whole_list_is_true_at_one_version()
    {
        await using var server = await PagesAsync((at, call) => call switch { 1 => Page("7", "x", "a", "b"), 2 => Gone, _ => Page("9", "", "b", "c") });
        using var connection = new KubeConnection(server.Options());
        var list = await new KubeApi(connection).GetListAsync(KubeResources.Pods, null, new() { Limit = 2 }, CancellationToken.None);
        Assert.Equal(("9", "b c"), (list.ResourceVersion, string.Join(' ', list.Items.Select(i => i.Name))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_page_that_breaks_off_is_read_again(int breaks)
    {
        var broken = 0;
        using var server = Breaking(() => ++broken <= breaks);
        Assert.Equal(["a", "b", "c", "d"], await NamesAsync(server.Address));
    }

    [Fact]
    public async Task A_list_that_breaks_off_again_and_again_is_an_error()
    {
        using var server = Breaking(() => true);
        var error = await Assert.ThrowsAsync<KubeStreamException>(() => NamesAsync(server.Address));
        Assert.Contains("The list of pods from http://127.0.0.1", error.Message);
        Assert.Contains("broke off", error.Message);
    }

    [Fact]
    public async Task A_whole_list_that_breaks_off_is_read_again_from_its_start()
    {
        var broken = 0;
        using var server = Breaking(() => ++broken <= 2);
        using var connection = new KubeConnection(new() { Server = server.Address, Name = "test" });
        var list = await new KubeApi(connection).GetListAsync(KubeResources.Pods, null, new() { Limit = 2 }, CancellationToken.None);
        Assert.Equal(["a", "b", "c", "d"], list.Items.Select(i => i.Name));
    }

    // The second page breaks off after its first object.
    static RawServer Breaking(Func<bool> breaks) => new(request =>
    {
        var second = request.Contains("continue=x");
        var page = second ? Page("7", "", "c", "d") : Page("7", "x", "a", "b");
        return $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {page.Length}\r\n\r\n{(second && breaks() ? page[..^30] : page)}";
    });

    [Theory]
    [InlineData("""{"kind":"Pod","metadata":{}}""")]
    [InlineData("""{"items":[{"metadata":""")]
    [InlineData("nonsense")]
    public async Task What_is_no_list(string body)
    {
        await using var server = await TestApi.StartAsync(c => TestApi.Json(c, body));
        Assert.Contains("cannot be read", (await Assert.ThrowsAsync<KubeStreamException>(() => NamesAsync(server))).Message);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Who_stops_reading_ends_all_requests(bool secure, bool cancels)
    {
        var gone = new SemaphoreSlim(0);
        await using var server = await TestApi.StartAsync(secure, async c =>
        {
            c.RequestAborted.Register(() => gone.Release());
            c.Response.ContentType = "application/json";
            await c.Response.WriteAsync(c.Request.Query.ContainsKey("continue") ? "{" : Page("7", "x", "a", "b")[..^3]);
            await c.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, c.RequestAborted);
        });
        using var connection = new KubeConnection(server.Options());
        using var stop = new CancellationTokenSource();
        var reading = ReadAsync();
        if (cancels) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(TimeSpan.FromSeconds(60)));
        else await reading.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.True(await gone.WaitAsync(TimeSpan.FromSeconds(60)));

        async Task ReadAsync()
        {
            await foreach (var pod in new KubeApi(connection).ListAsync(KubeResources.Pods, null, new() { Limit = 2 }, stop.Token))
            {
                if (!cancels) break;
                await stop.CancelAsync();
            }
        }
    }
}
