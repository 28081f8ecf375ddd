using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Kube.Manifests;

namespace Kube.Tests.Manifests;

public class ManifestFetcherTests
{
    static readonly FetchOptions Quick = new() { RetryDelay = TimeSpan.Zero };

    static async Task<string> Fetch(string url, FetchOptions? options = null)
    {
        using var fetcher = new ManifestFetcher(options ?? Quick);
        return Encoding.UTF8.GetString((await fetcher.FetchAsync(new Uri(url, UriKind.RelativeOrAbsolute), default)).Span);
    }

    static async Task<ManifestException> Fault(string url, FetchOptions? options = null) => await Assert.ThrowsAsync<ManifestException>(() => Fetch(url, options));

    [Fact]
    public void The_limits_are_those_of_the_documents()
    {
        var options = new FetchOptions();
        Assert.Equal((10, 30, 10 * 1024 * 1024L), (options.ConnectTimeout.TotalSeconds, options.Timeout.TotalSeconds, options.MaxBytes));
        Assert.Equal((3, 1, 10), (options.Attempts, options.RetryDelay.TotalSeconds, options.MaxRedirects));
    }

    [Fact]
    public void Limits_that_allow_nothing_are_refused()
    {
        foreach (var options in (FetchOptions[])[new() { Attempts = 0 }, new() { MaxRedirects = -1 }, new() { MaxBytes = 0 }, new() { MaxBytes = long.MaxValue }, new() { ConnectTimeout = TimeSpan.Zero }])
            Assert.Throws<ArgumentOutOfRangeException>(() => new ManifestFetcher(options));
    }

    [Fact]
    public async Task A_body_comes_as_it_is_and_nothing_personal_is_sent()
    {
        await using var server = new ScriptedServer("200 OK", "kind: Pod\n");
        Assert.Equal("kind: Pod\n", await Fetch(server.Origin + "/a/pod.yaml"));
        var request = Assert.Single(server.Requests);
        Assert.Equal("/a/pod.yaml", request.Target);
        Assert.StartsWith("Kube/", request.Headers["User-Agent"]);
        Assert.Contains("application/yaml", request.Headers["Accept"]);
        Assert.DoesNotContain(request.Headers.Keys, k => k is "Authorization" or "Cookie" or "Referer");
    }

    [Fact]
    public async Task The_scheme_may_be_in_any_case_and_the_fragment_stays_here()
    {
        await using var server = new ScriptedServer("200 OK", "x");
        Assert.Equal("x", await Fetch($"HTTP://127.0.0.1:{server.Port}/p%20q?a=%2F#secret"));
        Assert.Equal("/p%20q?a=%2F", Assert.Single(server.Requests).Target);
    }

    [Fact]
    public async Task An_address_of_version_6_is_one()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "needs IPv6 on loopback");
        await using var server = new ScriptedServer(_ => ScriptedServer.Response("404 Not Found", ""), address: IPAddress.IPv6Loopback);
        Assert.StartsWith($"http://[::1]:{server.Port}/x: ", (await Fault($"http://me:hunter2@[::1]:{server.Port}/x?y")).Message);
    }

    [Theory]
    [InlineData("file:///etc/passwd", "the scheme file is not supported; expected http or https, or -Path for a file")]
    [InlineData("FTP://example.com/a", "the scheme ftp is not supported; expected http or https")]
    [InlineData("gopher://example.com/a", "the scheme gopher is not supported")]
    [InlineData("data:text/plain,kind", "the scheme data is not supported")]
    [InlineData("c:/manifests/pod.yaml", "is not supported")]
    [InlineData("example.com/pod.yaml", "the URL has no scheme; expected http:// or https://")]
    [InlineData("pod.yaml", "the URL has no scheme")]
    public async Task Other_schemes_are_refused_by_name(string url, string message)
    {
        var fault = await Fault(url);
        Assert.Contains(message, fault.Message);
        Assert.Equal(ManifestFault.Refused, fault.Fault);
    }

    [Theory]
    [InlineData("http://me:hunter2@127.0.0.1:1/pod.yaml?sig=hunter2#hunter2", "http://127.0.0.1:1/pod.yaml: ")]
    [InlineData("ftp://me:hunter2@example.com/pod.yaml?sig=hunter2", "example.com/pod.yaml: the scheme ftp is not supported")]
    [InlineData("http:me:hunter2@example.com/pod.yaml?sig=hunter2", "")]
    [InlineData("me:hunter2@example.com/pod.yaml?sig=hunter2", "example.com/pod.yaml: the URL has no scheme")]
    [InlineData("//me:hunter2@example.com/pod.yaml?hunter2", "example.com/pod.yaml: ")]
    public async Task A_URL_is_shown_without_user_info_and_query(string url, string start)
    {
        var fault = await Fault(url);
        Assert.StartsWith(start, fault.Message);
        Assert.DoesNotContain("hunter2", fault.ToString());
        Assert.DoesNotContain("hunter2", fault.Source);
    }

    [Theory]
    [InlineData("204 No Content", ManifestFault.Unreachable)]
    [InlineData("206 Partial Content", ManifestFault.Unreachable)]
    [InlineData("201 Created", ManifestFault.Unreachable)]
    [InlineData("300 Multiple Choices", ManifestFault.Unreachable)]
    [InlineData("304 Not Modified", ManifestFault.Unreachable)]
    [InlineData("305 Use Proxy", ManifestFault.Unreachable)]
    [InlineData("400 Bad Request", ManifestFault.Unreachable)]
    [InlineData("401 Unauthorized", ManifestFault.Denied)]
    [InlineData("403 Forbidden", ManifestFault.Denied)]
    [InlineData("404 Not Found", ManifestFault.NotFound)]
    [InlineData("408 Request Timeout", ManifestFault.Unreachable)]
    [InlineData("410 Gone", ManifestFault.NotFound)]
    [InlineData("418 I'm a teapot", ManifestFault.Unreachable)]
    [InlineData("429 Too Many Requests", ManifestFault.Unreachable)]
    public async Task Only_200_is_success_and_what_is_no_fault_of_the_server_is_asked_once(string status, ManifestFault kind)
    {
        await using var server = new ScriptedServer(_ => ScriptedServer.Response(status, status[0] is '2' && status[2] != '4' ? "kind: Pod" : ""));
        var fault = await Fault(server.Origin + "/pod.yaml");
        Assert.StartsWith($"{server.Origin}/pod.yaml: the server answered {status[..3]}", fault.Message);
        Assert.Contains("expected 200", fault.Message);
        Assert.Equal(kind, fault.Fault);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("500 Internal Server Error")]
    [InlineData("502 Bad Gateway")]
    [InlineData("503 Service Unavailable")]
    [InlineData("599 Unknown")]
    public async Task A_fault_of_the_server_is_asked_three_times(string status)
    {
        await using var server = new ScriptedServer(status, "hunter2");
        var fault = await Fault(server.Origin + "/");
        Assert.Contains($"answered {status[..3]}", fault.Message);
        Assert.EndsWith("(tried 3 times)", fault.Message);
        Assert.DoesNotContain("hunter2", fault.Message);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task The_third_try_may_be_the_good_one_and_the_tries_are_apart()
    {
        await using var server = new ScriptedServer(r => ScriptedServer.Response(r.Number < 3 ? "503 Service Unavailable" : "200 OK", "kind: Pod"));
        var clock = Stopwatch.StartNew();
        Assert.Equal("kind: Pod", await Fetch(server.Origin + "/", new() { RetryDelay = TimeSpan.FromMilliseconds(150) }));
        Assert.True(clock.ElapsedMilliseconds >= 290, $"after {clock.ElapsedMilliseconds} ms");
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_connection_that_is_reset_twice_is_tried_again()
    {
        await using var server = new ScriptedServer(async (request, stream) =>
        {
            if (request.Number < 3)
                ((NetworkStream)stream).Socket.Close(0);
            else
                await stream.WriteAsync(ScriptedServer.Response("200 OK", "kind: Pod"));
        });
        Assert.Equal("kind: Pod", await Fetch(server.Origin + "/"));
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_tried_three_times()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var fault = await Fault($"http://127.0.0.1:{port}/pod.yaml");
        Assert.Contains("the server was not reached", fault.Message);
        Assert.EndsWith("(tried 3 times)", fault.Message);
        Assert.Equal(ManifestFault.Unreachable, fault.Fault);
    }

    [Fact]
    public async Task What_answers_something_else_is_said_to_have_broken_off()
    {
        await using var server = new ScriptedServer(_ => "SSH-2.0-OpenSSH_9\r\n"u8.ToArray());
        Assert.Contains("broke off", (await Fault(server.Origin + "/")).Message);
    }

    [Fact]
    public async Task A_body_shorter_than_promised_is_a_broken_answer_and_tried_again()
    {
        await using var server = new ScriptedServer(r => ScriptedServer.Response("200 OK", "kind: Pod", r.Number < 3 ? "Content-Length: 100" : "Content-Length: 9"));
        Assert.Equal("kind: Pod", await Fetch(server.Origin + "/"));
        Assert.Equal(3, server.Requests.Count);

        await using var never = new ScriptedServer("200 OK", "kind: Pod", "Content-Length: 100");
        Assert.Contains("broke off", (await Fault(never.Origin + "/")).Message);
    }

    [Fact]
    public async Task A_chunked_body_that_does_not_end_is_a_broken_answer()
    {
        await using var server = new ScriptedServer("200 OK", "9\r\nkind: Pod\r\n", "Transfer-Encoding: chunked");
        Assert.Contains("broke off", (await Fault(server.Origin + "/")).Message);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Headers_without_end_are_refused()
    {
        await using var server = new ScriptedServer("200 OK", "x", "X-Long: " + new string('x', 200_000));
        Assert.Contains("headers are too large", (await Fault(server.Origin + "/")).Message);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task A_compressed_body_is_decompressed(string encoding)
    {
        await using var server = new ScriptedServer(_ => ScriptedServer.Response("200 OK", Compress("kind: Pod\n"u8.ToArray(), encoding), $"Content-Encoding: {encoding}"));
        Assert.Equal("kind: Pod\n", await Fetch(server.Origin + "/"));
        Assert.Contains(encoding, Assert.Single(server.Requests).Headers["Accept-Encoding"]);
    }

    [Fact]
    public async Task An_unknown_compression_is_refused_by_name()
    {
        await using var server = new ScriptedServer(r => ScriptedServer.Response("200 OK", "xxxx", $"Content-Encoding: {r.Target[1..].Replace("+", ", ")}"));
        Assert.Contains("the body is compressed as zstd; expected one of gzip, deflate and br", (await Fault(server.Origin + "/zstd")).Message);
        Assert.Contains("the body is compressed as gzip, br; expected one of", (await Fault(server.Origin + "/gzip+br")).Message);
        Assert.Equal("xxxx", await Fetch(server.Origin + "/identity"));
    }

    [Fact]
    public async Task A_body_that_is_not_compressed_as_it_says_is_refused()
    {
        foreach (var encoding in (string[])["gzip", "deflate", "br"])
        {
            await using var server = new ScriptedServer(r => ScriptedServer.Response("200 OK", r.Target == "/" ? "kind: Pod" : "", $"Content-Encoding: {encoding}"));
            Assert.Contains("the body cannot be decompressed", (await Fault(server.Origin + "/")).Message);
            Assert.Contains("the body cannot be decompressed", (await Fault(server.Origin + "/empty")).Message);
            Assert.Equal(2, server.Requests.Count);
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task A_compressed_body_that_is_cut_is_never_taken_for_whole(string encoding)
    {
        var whole = Compress(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5000).Select(i => $"k{i}: {i * 7919 % 10007}\n"))), encoding);
        await using var server = new ScriptedServer(r => ScriptedServer.Response("200 OK", whole[..int.Parse(r.Target[1..], System.Globalization.CultureInfo.InvariantCulture)], $"Content-Encoding: {encoding}"));
        foreach (var length in (int[])[1, 5, 30, whole.Length / 2, whole.Length - 9, whole.Length - 8, whole.Length - 4, whole.Length - 1])
            Assert.Contains("cannot be decompressed", (await Fault($"{server.Origin}/{length}")).Message);
        Assert.EndsWith("k4999: 9396\n", await Fetch($"{server.Origin}/{whole.Length}"));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_bomb_is_stopped_at_the_limit(string encoding)
    {
        var bomb = Compress(new byte[50_000_000], encoding);
        Assert.True(bomb.Length < 100_000);
        await using var server = new ScriptedServer(_ => ScriptedServer.Response("200 OK", bomb, $"Content-Encoding: {encoding}"));
        var fault = await Fault(server.Origin + "/");
        Assert.Contains("it is larger than 10485760 bytes", fault.Message);
        Assert.Equal(ManifestFault.TooLarge, fault.Fault);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(1000, false, true)]
    [InlineData(1001, false, false)]
    [InlineData(1000, true, true)]
    [InlineData(1001, true, false)]
    [InlineData(2_000_000_000, false, false)]
    public async Task The_limit_is_the_last_size_that_passes(int size, bool chunked, bool passes)
    {
        await using var server = new ScriptedServer(async (_, stream) =>
        {
            var body = new string('x', Math.Min(size, 2000));
            await stream.WriteAsync(chunked
                ? ScriptedServer.Response("200 OK", $"{size:x}\r\n{body}\r\n0\r\n\r\n", "Transfer-Encoding: chunked")
                : ScriptedServer.Response("200 OK", body, $"Content-Length: {size}"));
        });
        var options = Quick with { MaxBytes = 1000 };
        if (passes)
            Assert.Equal(size, (await Fetch(server.Origin + "/", options)).Length);
        else
            Assert.Equal(ManifestFault.TooLarge, (await Fault(server.Origin + "/", options)).Fault);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_body_that_drips_is_stopped_in_time()
    {
        await using var server = new ScriptedServer(async (_, stream) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"u8.ToArray());
            for (var i = 0; i < 1000; i++)
            {
                await stream.WriteAsync("x"u8.ToArray());
                await Task.Delay(20);
            }
        });
        var clock = Stopwatch.StartNew();
        var fault = await Fault(server.Origin + "/", Quick with { Timeout = TimeSpan.FromSeconds(2) });
        Assert.Contains("it did not arrive within 2 s", fault.Message);
        Assert.Equal(ManifestFault.Timeout, fault.Fault);
        Assert.True(clock.Elapsed.TotalSeconds < 15, $"after {clock.Elapsed}");
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task The_time_is_for_all_tries_together()
    {
        await using var server = new ScriptedServer("500 Internal Server Error");
        var fault = await Fault(server.Origin + "/", new() { RetryDelay = TimeSpan.FromSeconds(60), Timeout = TimeSpan.FromSeconds(3) });
        Assert.Equal(ManifestFault.Timeout, fault.Fault);
        Assert.Contains("(before that: the server answered 500", fault.Message);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_connection_that_is_not_made_has_a_time_of_its_own()
    {
        // The connection is made when TLS is, and this one never is.
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        try
        {
            var fault = await Fault($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/", Quick with { ConnectTimeout = TimeSpan.FromMilliseconds(200) });
            Assert.EndsWith("no connection within the connect timeout (tried 3 times)", fault.Message);
        }
        finally
        {
            listener.Stop();
        }
    }

    [Fact]
    public async Task A_cancelled_fetch_is_cancelled_and_no_fault()
    {
        using var cancel = new CancellationTokenSource();
        await using var server = new ScriptedServer(async (_, _) =>
        {
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, cancel.Token);
        });
        using var fetcher = new ManifestFetcher(Quick);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetcher.FetchAsync(new Uri(server.Origin), cancel.Token));
    }

    [Fact]
    public async Task The_proxy_of_the_system_is_used()
    {
        await using var proxy = new ScriptedServer("200 OK", "kind: Pod");
        var before = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new OneHostProxy("manifests.test", new Uri(proxy.Origin));
        try
        {
            Assert.Equal("kind: Pod", await Fetch("http://manifests.test/pod.yaml"));
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }
        Assert.Equal("http://manifests.test/pod.yaml", Assert.Single(proxy.Requests).Target);
    }

    [Fact]
    public async Task What_is_fetched_is_read_and_its_faults_name_the_URL()
    {
        await using var server = new ScriptedServer(r => ScriptedServer.Response("200 OK", r.Target switch
        {
            "/good" => Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("apiVersion: v1\nkind: Pod\nmetadata: {name: é}\n".Replace("é", "e"))).ToArray(),
            "/html" => "<!doctype html><title>Sign in</title>"u8.ToArray(),
            "/empty" => [],
            _ => "apiVersion: v1\nkind: Pod\nmetadata: {}\n"u8.ToArray(),
        }));
        ManifestSource.Url At(string path) => new(new Uri($"http://me:hunter2@127.0.0.1:{server.Port}{path}"));

        var manifest = Assert.Single(await ManifestReader.ReadAsync(At("/good")));
        Assert.Equal(("e", server.Origin + "/good"), (manifest.Name, manifest.Source));
        var fault = await Assert.ThrowsAsync<ManifestException>(() => ManifestReader.ReadAsync(At("/bad?token=hunter2")));
        Assert.Equal($"{server.Origin}/bad, document 1, line 3, column 11: metadata.name is missing; expected a name, or generateName", fault.Message);
        fault = await Assert.ThrowsAsync<ManifestException>(() => ManifestReader.ReadAsync(At("/html")));
        Assert.Equal($"{server.Origin}/html: this is an HTML page; expected a manifest in YAML or JSON", fault.Message);
        fault = await Assert.ThrowsAsync<ManifestException>(() => ManifestReader.ReadAsync(At("/empty")));
        Assert.Equal($"{server.Origin}/empty: there is nothing in it; expected a manifest in YAML or JSON", fault.Message);
    }

    static byte[] Compress(byte[] data, string encoding)
    {
        var buffer = new MemoryStream();
        using (Stream stream = encoding switch
        {
            "gzip" => new GZipStream(buffer, CompressionLevel.Optimal),
            "deflate" => new ZLibStream(buffer, CompressionLevel.Optimal),
            _ => new BrotliStream(buffer, CompressionLevel.Optimal),
        })
            stream.Write(data);
        return buffer.ToArray();
    }

    sealed class OneHostProxy(string host, Uri proxy) : IWebProxy
    {
        public ICredentials? Credentials { get; set; }

        public Uri? GetProxy(Uri destination) => destination.Host == host ? proxy : null;

        public bool IsBypassed(Uri target) => target.Host != host;
    }
}
