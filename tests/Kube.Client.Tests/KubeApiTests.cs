using System.IO.Compression;
using System.Text;
using System.Threading.Channels;
using Kube.Tests.Http;
using Microsoft.AspNetCore.Http;

namespace Kube.Tests;

public class KubeApiTests
{
    static readonly ReadOnlyMemory<byte> Pod = """{"kind":"Pod","apiVersion":"v1","metadata":{"name":"web"}}"""u8.ToArray();

    static async Task<KubeOperationException> RefusedAsync(RequestDelegate serve, Func<KubeApi, Task>? call = null)
    {
        await using var server = await TestApi.StartAsync(serve);
        using var connection = new KubeConnection(server.Options());
        var api = new KubeApi(connection);
        return await Assert.ThrowsAsync<KubeOperationException>(() => call is null ? api.GetAsync(KubeResources.Pods, "a", "web", CancellationToken.None) : call(api));
    }

    [Fact]
    public async Task Every_verb_reaches_the_server_with_its_body()
    {
        var seen = new List<string>();
        await using var server = await TestApi.StartAsync(async context =>
        {
            var body = await new StreamReader(context.Request.Body).ReadToEndAsync();
            lock (seen) seen.Add($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {context.Request.ContentType} {body}");
            await TestApi.Json(context, Encoding.UTF8.GetString(Pod.Span), context.Request.Method == "POST" ? 201 : 200);
        });
        using var connection = new KubeConnection(server.Options());
        var (api, pods, cancel) = (new KubeApi(connection), KubeResources.Pods, TestContext.Current.CancellationToken);
        KubeObject?[] answers =
        [
            await api.GetAsync(pods, "a", "web", cancel),
            await api.GetSubresourceAsync(pods, "a", "web", "status", cancel),
            await api.CreateAsync(pods, "a", Pod, new(), cancel),
            await api.CreateSubresourceAsync(pods, "a", "web", "binding", Pod, new(), cancel),
            await api.ReplaceAsync(pods, "a", "web", Pod, new(), cancel),
            await api.PatchAsync(pods, "a", "web", PatchType.Merge, "{}"u8.ToArray(), new() { Subresource = "status" }, cancel),
            await api.DeleteAsync(pods, "a", "web", new(), cancel),
        ];
        await api.DeleteCollectionAsync(pods, "a", new() { LabelSelector = "x=y" }, new(), cancel);
        await api.SendAsync(HttpMethod.Post, "/x/y?z=1", "3"u8.ToArray(), null, cancel);
        var json = Encoding.UTF8.GetString(Pod.Span);
        Assert.Equal(
            [
                "GET /api/v1/namespaces/a/pods/web  ",
                "GET /api/v1/namespaces/a/pods/web/status  ",
                $"POST /api/v1/namespaces/a/pods?fieldManager=kube application/json {json}",
                $"POST /api/v1/namespaces/a/pods/web/binding?fieldManager=kube application/json {json}",
                $"PUT /api/v1/namespaces/a/pods/web?fieldManager=kube application/json {json}",
                "PATCH /api/v1/namespaces/a/pods/web/status?fieldManager=kube application/merge-patch+json {}",
                """DELETE /api/v1/namespaces/a/pods/web application/json {"kind":"DeleteOptions","apiVersion":"v1"}""",
                """DELETE /api/v1/namespaces/a/pods?labelSelector=x%3Dy application/json {"kind":"DeleteOptions","apiVersion":"v1"}""",
                "POST /x/y?z=1 application/json 3",
            ], seen);
        Assert.All(answers, a => Assert.Equal(("web", connection), (a!.Name, a.Connection)));
    }

    [Fact]
    public async Task A_deletion_may_be_answered_with_a_Status()
    {
        await using var server = await TestApi.StartAsync(c => TestApi.Json(c, """{"kind":"Status","apiVersion":"v1","status":"Success"}"""));
        using var connection = new KubeConnection(server.Options());
        Assert.Null(await new KubeApi(connection).DeleteAsync(KubeResources.Pods, "a", "web", new(), CancellationToken.None));
    }

    [Theory]
    [InlineData(401, "Unauthorized")]
    [InlineData(403, "Forbidden")]
    [InlineData(404, "NotFound")]
    [InlineData(409, "AlreadyExists")]
    [InlineData(422, "Invalid")]
    public async Task What_the_server_refuses_carries_its_Status(int code, string reason)
    {
        var refused = await RefusedAsync(c => TestApi.Json(c, $$$"""{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"{{{reason}}}","message":"no","code":{{{code}}},"details":{"name":"web","kind":"pods"}}""", code));
        Assert.Equal((code, reason, "no", "web"), (refused.Status.Code, refused.Status.Reason, refused.Message, refused.Status.Name));
    }

    [Theory]
    [InlineData(401, "text/html", "<html>", "the server answers 401 Unauthorized")]
    [InlineData(403, "text/html", "<html>", "the server answers 403 Forbidden")]
    [InlineData(404, "text/plain", "404 page not found\n", "the server answers 404 Not Found: 404 page not found")]
    [InlineData(400, "text/plain", "Client sent an HTTP request to an HTTPS server.\n", "the server answers 400 Bad Request: Client sent an HTTP request to an HTTPS server.")]
    [InlineData(501, "text/html", "<html>", "the server answers 501 Not Implemented")]
    [InlineData(409, "application/json", "", "the server answers 409 Conflict")]
    public async Task What_is_no_Status_is_an_operation_that_failed_too(int code, string type, string body, string message)
    {
        var refused = await RefusedAsync(c =>
        {
            c.Response.StatusCode = code;
            c.Response.ContentType = type;
            return c.Response.WriteAsync(body);
        });
        Assert.Equal((code, message), (refused.Status.Code, refused.Message));
    }

    [Fact]
    public async Task A_read_is_tried_again_until_it_works()
    {
        var calls = 0;
        await using var server = await TestApi.StartAsync(c => ++calls < 4 ? TestApi.Json(c, "", calls == 1 ? 429 : 503) : TestApi.Json(c, """{"metadata":{"name":"x"}}"""));
        using var connection = new KubeConnection(server.Options());
        Assert.Equal("x", (await new KubeApi(connection).GetAsync(KubeResources.Pods, "a", "x", CancellationToken.None)).Name);
        Assert.Equal(4, calls);
    }

    [Fact]
    public async Task Retry_After_is_honoured_for_writes_too_and_the_body_is_sent_again()
    {
        var bodies = new List<string>();
        var times = new List<long>();
        await using var server = await TestApi.StartAsync(async c =>
        {
            times.Add(TimeProvider.System.GetTimestamp());
            bodies.Add(await new StreamReader(c.Request.Body).ReadToEndAsync());
            if (bodies.Count == 1) c.Response.Headers.RetryAfter = "1";
            await TestApi.Json(c, """{"metadata":{"name":"x"}}""", bodies.Count == 1 ? 429 : 201);
        });
        using var connection = new KubeConnection(server.Options());
        await new KubeApi(connection).CreateAsync(KubeResources.Pods, "a", Pod, new(), CancellationToken.None);
        Assert.Equal(2, bodies.Count);
        Assert.Equal(bodies[0], bodies[1]);
        Assert.True(TimeProvider.System.GetElapsedTime(times[0], times[1]) > TimeSpan.FromSeconds(0.95));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    public async Task A_write_that_may_have_been_done_is_not_sent_again(int code)
    {
        var calls = 0;
        var refused = await RefusedAsync(
            c =>
            {
                calls++;
                return TestApi.Json(c, "", code);
            },
            api => api.CreateAsync(KubeResources.Pods, "a", Pod, new(), CancellationToken.None));
        Assert.Equal((code, 1), (refused.Status.Code, calls));
    }

    [Fact]
    public async Task A_write_that_broke_off_is_not_sent_again()
    {
        using var server = new RawServer("");
        using var connection = new KubeConnection(new() { Server = server.Address, Name = "x" });
        await Assert.ThrowsAsync<KubeConnectionException>(() => new KubeApi(connection).CreateAsync(KubeResources.Pods, "a", Pod, new(), CancellationToken.None));
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task What_is_asked_for_in_vain_tells_when_to_come_back()
    {
        var refused = await RefusedAsync(c =>
        {
            c.Response.Headers.RetryAfter = "99";
            return TestApi.Json(c, "", 429);
        });
        Assert.Equal(99, refused.Status.RetryAfterSeconds);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answers_come_compressed_where_they_may(bool disabled)
    {
        var asked = "";
        await using var server = await TestApi.StartAsync(async c =>
        {
            asked = c.Request.Headers.AcceptEncoding.ToString();
            c.Response.ContentType = "application/json";
            if (!asked.Contains("gzip"))
            {
                await c.Response.WriteAsync("""{"metadata":{},"items":[{"metadata":{"name":"x"}}]}""");
                return;
            }
            c.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new GZipStream(c.Response.Body, CompressionLevel.Fastest);
            await gzip.WriteAsync("""{"metadata":{},"items":[{"metadata":{"name":"x"}}]}"""u8.ToArray());
        });
        using var connection = new KubeConnection(server.Options() with { DisableCompression = disabled });
        var list = await new KubeApi(connection).GetListAsync(KubeResources.Pods, null, new(), CancellationToken.None);
        Assert.Equal(("x", disabled ? "" : "gzip"), (list.Items.Single().Name, asked));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_log_is_bytes_as_they_come_until_it_is_disposed(bool secure)
    {
        var lines = Channel.CreateUnbounded<string>();
        var gone = new TaskCompletionSource();
        await using var server = await TestApi.StartAsync(secure, async c =>
        {
            c.RequestAborted.Register(gone.SetResult);
            c.Response.ContentType = "text/plain";
            await foreach (var line in lines.Reader.ReadAllAsync())
            {
                await c.Response.WriteAsync(line);
                await c.Response.Body.FlushAsync();
            }
        });
        using var connection = new KubeConnection(server.Options());
        var log = await OpenAsync();
        using (var reader = new StreamReader(log))
        {
            foreach (var line in new[] { "one", "zwö" })
            {
                await lines.Writer.WriteAsync(line + "\n");
                Assert.Equal(line, await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)));
            }
        }
        await gone.Task.WaitAsync(TimeSpan.FromSeconds(60));

        async Task<Stream> OpenAsync()
        {
            await lines.Writer.WriteAsync("\n");
            var stream = await new KubeApi(connection).OpenLogAsync("a", "web", new() { Follow = true }, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
            Assert.Equal('\n', stream.ReadByte());
            return stream;
        }
    }

    [Fact]
    public async Task A_log_that_breaks_off_says_so()
    {
        using var server = new RawServer("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\nline\n");
        using var connection = new KubeConnection(new() { Server = server.Address, Name = "x" });
        using var reader = new StreamReader(await new KubeApi(connection).OpenLogAsync("a", "web", new(), CancellationToken.None));
        Assert.Contains("The log of pod web broke off", (await Assert.ThrowsAsync<KubeStreamException>(async () => await reader.ReadToEndAsync())).Message);
    }

    [Fact]
    public async Task A_log_that_is_refused()
    {
        var refused = await RefusedAsync(
            c => TestApi.Json(c, """{"kind":"Status","reason":"BadRequest","message":"container \"c\" is waiting","code":400}""", 400),
            api => api.OpenLogAsync("a", "web", new(), CancellationToken.None));
        Assert.Equal("container \"c\" is waiting", refused.Message);
    }

    [Fact]
    public async Task A_path_starts_with_a_slash()
    {
        using var connection = new KubeConnection(new() { Server = new Uri("http://127.0.0.1:1"), Name = "x" });
        await Assert.ThrowsAsync<ArgumentException>(() => new KubeApi(connection).SendAsync(HttpMethod.Get, "@evil/", null, null, CancellationToken.None));
    }
}
