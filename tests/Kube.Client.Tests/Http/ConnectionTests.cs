using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Kube.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Kube.Tests.Http;

/// <summary>Who is trusted, who asks, and what a person is told where it does not work.</summary>
public class ConnectionTests
{
    const string Pod = """{"kind":"Pod","apiVersion":"v1","metadata":{"name":"web","namespace":"a"}}""";

    static Task Serve(HttpContext context) => TestApi.Json(context, Pod);

    static async Task<KubeObject> GetAsync(KubeConnectionOptions options)
    {
        using var connection = new KubeConnection(options);
        return await new KubeApi(connection).GetAsync(KubeResources.Pods, "a", "web", TestContext.Current.CancellationToken);
    }

    static async Task<KubeConnectionException> FaultAsync(KubeConnectionOptions options) => await Assert.ThrowsAsync<KubeConnectionException>(() => GetAsync(options));

    [Fact]
    public async Task A_private_authority_is_trusted()
    {
        using var authority = new TestAuthority();
        await using var api = await TestApi.StartAsync(Serve, authority.Server(["127.0.0.1"]));
        Assert.Equal("web", (await GetAsync(api.Options(authority))).Name);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_lasts_opens_an_HTTP_2_connection_that_all_share_from_then_on(bool log)
    {
        using var authority = new TestAuthority();
        await using var api = await TestApi.StartAsync(Serve, authority.Server(["127.0.0.1"]));
        using var connection = new KubeConnection(api.Options(authority));
        var (client, cancel) = (new KubeApi(connection), TestContext.Current.CancellationToken);
        await client.GetAsync(KubeResources.Pods, "a", "web", cancel);
        await (await client.OpenLogAsync("a", "web", new(), cancel)).DisposeAsync();
        if (log) await (await client.OpenLogAsync("a", "web", new() { Follow = true }, cancel)).DisposeAsync();
        else (await connection.SendAsync(KubeRequest.Watch(KubeResources.Pods, "a", new(), "1", 1), cancel)).Dispose();
        await client.GetAsync(KubeResources.Pods, "a", "web", cancel);
        Assert.Equal(["HTTP/1.1", "HTTP/1.1", "HTTP/2", "HTTP/2"], api.Requests.Select(request => request.Protocol));
    }

    [Fact]
    public async Task Where_it_is_preferred_one_HTTP_2_connection_carries_everything_from_the_first_request_on()
    {
        using var authority = new TestAuthority();
        await using var api = await TestApi.StartAsync(Serve, authority.Server(["127.0.0.1"]));
        using var ordinary = new KubeConnection(api.Options(authority));
        using var connection = new KubeConnection(api.Options(authority) with { PreferHttp2 = true });
        var client = new KubeApi(connection);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.GetAsync(KubeResources.Pods, "a", "web", TestContext.Current.CancellationToken)));
        Assert.All(api.Requests, request => Assert.Equal("HTTP/2", request.Protocol));
        Assert.Equal(8, api.Requests.Count);
        // Who asks otherwise has a pool of his own.
        await new KubeApi(ordinary).GetAsync(KubeResources.Pods, "a", "web", TestContext.Current.CancellationToken);
        Assert.Equal("HTTP/1.1", api.Requests.Last().Protocol);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_of_HTTP_1_alone_is_fine(bool preferHttp2)
    {
        using var authority = new TestAuthority();
        await using var api = await TestApi.StartAsync(Serve, authority.Server(["127.0.0.1"]), protocols: HttpProtocols.Http1);
        Assert.Equal("web", (await GetAsync(api.Options(authority) with { PreferHttp2 = preferHttp2 })).Name);
        Assert.Equal("HTTP/1.1", Assert.Single(api.Requests).Protocol);
    }

    [Theory]
    [InlineData("web.example.com", "web.example.com")]
    [InlineData("*.example.com", "web.example.com")]
    [InlineData("10.0.0.1", "10.0.0.1")]
    [InlineData("::1", "::1")]
    [InlineData("WEB.example.com", "web.Example.com")]
    public async Task Another_name_is_expected_where_the_options_say_so(string inCertificate, string expected)
    {
        using var authority = new TestAuthority();
        await using var api = await TestApi.StartAsync(Serve, authority.Server([inCertificate]));
        Assert.Equal("web", (await GetAsync(api.Options(authority) with { TlsServerName = expected })).Name);
    }

    [Theory]
    [InlineData(new[] { "web.example.com", "10.0.0.1", "::1" }, "its certificate is for web.example.com, 10.0.0.1, ::1, not for 127.0.0.1")]
    [InlineData(new[] { "localhost" }, "its certificate is for localhost, not for 127.0.0.1")]
    [InlineData(new string[0], "its certificate names no host, so it is not for 127.0.0.1")]
    public async Task A_certificate_for_other_names_is_refused_and_its_names_are_told(string[] names, string told)
    {
        using var authority = new TestAuthority();
        await using var api = await TestApi.StartAsync(Serve, authority.Server(names, subject: "127.0.0.1"));
        var fault = await FaultAsync(api.Options(authority));
        Assert.Equal(KubeConnectionFault.Certificate, fault.Fault);
        Assert.Contains(told, fault.Message);
        Assert.Empty(api.Requests);
    }

    [Fact]
    public async Task The_name_counts_under_a_private_authority_too_where_another_is_expected()
    {
        using var authority = new TestAuthority();
        await using var api = await TestApi.StartAsync(Serve, authority.Server(["127.0.0.1"]));
        var fault = await FaultAsync(api.Options(authority) with { TlsServerName = "web.example.com" });
        Assert.Contains("is for 127.0.0.1, not for web.example.com", fault.Message);
    }

    [Fact]
    public async Task An_expired_certificate_is_refused()
    {
        using var authority = new TestAuthority();
        await using var api = await TestApi.StartAsync(Serve, authority.Server(["127.0.0.1"], ends: TimeSpan.FromDays(-1)));
        var fault = await FaultAsync(api.Options(authority));
        Assert.Equal(KubeConnectionFault.Certificate, fault.Fault);
        Assert.Contains("its certificate expired on ", fault.Message);
    }

    [Fact]
    public async Task A_certificate_of_tomorrow_is_refused()
    {
        using var authority = new TestAuthority();
        await using var api = await TestApi.StartAsync(Serve, authority.Server(["127.0.0.1"], starts: TimeSpan.FromDays(1)));
        Assert.Contains("is valid only from ", (await FaultAsync(api.Options(authority))).Message);
    }

    [Fact]
    public async Task Another_authority_of_the_same_name_is_not_trusted()
    {
        using var authority = new TestAuthority();
        using var other = new TestAuthority();
        await using var api = await TestApi.StartAsync(Serve, authority.Server(["127.0.0.1"]));
        var fault = await FaultAsync(api.Options(other));
        Assert.Equal(KubeConnectionFault.Certificate, fault.Fault);
        Assert.Empty(api.Requests);
    }

    [Fact]
    public async Task Without_an_authority_of_its_own_the_systems_count()
    {
        using var authority = new TestAuthority();
        await using var api = await TestApi.StartAsync(Serve, authority.Server(["127.0.0.1"]));
        var fault = await FaultAsync(api.Options(null));
        Assert.Equal(KubeConnectionFault.Certificate, fault.Fault);
        Assert.Contains("'CN=kube test authority', which this machine does not trust", fault.Message);
    }

    [Fact]
    public async Task An_intermediate_authority_is_enough()
    {
        using var root = new TestAuthority("root");
        using var intermediate = new TestAuthority("intermediate", root);
        await using var api = await TestApi.StartAsync(Serve, intermediate.Server(["127.0.0.1"]));
        Assert.Equal("web", (await GetAsync(api.Options(intermediate))).Name);
    }

    [Fact]
    public async Task An_intermediate_sent_by_the_server_leads_to_the_root()
    {
        using var root = new TestAuthority("root");
        using var intermediate = new TestAuthority("intermediate", root);
        await using var api = await TestApi.StartAsync(Serve, intermediate.Server(["127.0.0.1"]), chain: intermediate.Collection);
        Assert.Equal("web", (await GetAsync(api.Options(root))).Name);
    }

    [Fact]
    public async Task Any_certificate_will_do_where_the_options_say_so()
    {
        using var authority = new TestAuthority();
        await using var api = await TestApi.StartAsync(Serve, authority.Server(["elsewhere"], ends: TimeSpan.FromDays(-1)));
        Assert.Equal("web", (await GetAsync(api.Options() with { InsecureSkipTlsVerify = true })).Name);
    }

    [Fact]
    public async Task A_client_certificate_is_shown()
    {
        using var authority = new TestAuthority();
        using var client = authority.Client("jane");
        await using var api = await TestApi.StartAsync(Serve, authority.Server(["127.0.0.1"]), wantClientCertificate: true);
        await GetAsync(api.Options(authority) with { ClientCertificate = client });
        await GetAsync(api.Options(authority));
        Assert.Equal(["CN=jane", null], api.Requests.Select(r => r.ClientSubject));
    }

    [Fact]
    public async Task Tokens_and_passwords_are_sent()
    {
        await using var api = await TestApi.StartAsync(Serve);
        await GetAsync(api.Options() with { Token = "t0ken\n" });
        await GetAsync(api.Options() with { UserName = "jane", Password = "a:ö" });
        await GetAsync(api.Options());
        Assert.Equal(["Bearer t0ken", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("jane:a:ö")), ""], api.Requests.Select(r => r.Authorization));
    }

    [Fact]
    public async Task A_token_file_is_read_again_as_it_is_renewed()
    {
        var file = Path.GetTempFileName();
        try
        {
            await using var api = await TestApi.StartAsync(Serve);
            using var connection = new KubeConnection(api.Options() with { TokenFile = file, Token = "old" });
            foreach (var token in new[] { "one\n", "two" })
            {
                await File.WriteAllTextAsync(file, token);
                await new KubeApi(connection).GetAsync(KubeResources.Pods, "a", "web", CancellationToken.None);
            }
            Assert.Equal(["Bearer one", "Bearer two"], api.Requests.Select(r => r.Authorization));
            await File.WriteAllTextAsync(file, " \n");
            Assert.Contains("is empty", (await Assert.ThrowsAsync<KubeConfigException>(() => new KubeApi(connection).GetAsync(KubeResources.Pods, "a", "web", CancellationToken.None))).Message);
            File.Delete(file);
            Assert.Equal(file, (await Assert.ThrowsAsync<KubeConfigException>(() => new KubeApi(connection).GetAsync(KubeResources.Pods, "a", "web", CancellationToken.None))).Path);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Equal_identities_share_connections_and_others_do_not()
    {
        await using var api = await TestApi.StartAsync(Serve);
        using (var one = new KubeConnection(api.Options() with { Token = "a" }))
        using (var two = new KubeConnection(api.Options() with { Token = "a", Name = "other", Namespace = "x" }))
        using (var three = new KubeConnection(api.Options() with { Token = "b" }))
        {
            foreach (var connection in new[] { one, two, three })
                await new KubeApi(connection).GetAsync(KubeResources.Pods, "a", "web", CancellationToken.None);
        }
        var used = api.Requests.Select(r => r.Connection).ToList();
        Assert.Equal(used[0], used[1]);
        Assert.NotEqual(used[0], used[2]);
    }

    [Fact]
    public async Task A_pool_outlives_the_first_of_its_connections_and_its_certificates()
    {
        using var authority = new TestAuthority();
        await using var api = await TestApi.StartAsync(Serve, authority.Server(["127.0.0.1"]), wantClientCertificate: true);
        var client = authority.Client("jane");
        var first = new KubeConnection(api.Options(authority) with { ClientCertificate = client });
        using var second = new KubeConnection(api.Options(authority) with { ClientCertificate = client });
        first.Dispose();
        first.Dispose();
        client.Dispose();
        Assert.Equal("web", (await new KubeApi(second).GetAsync(KubeResources.Pods, "a", "web", CancellationToken.None)).Name);
        Assert.Equal("CN=jane", Assert.Single(api.Requests).ClientSubject);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => new KubeApi(first).GetAsync(KubeResources.Pods, "a", "web", CancellationToken.None));
    }

    [Fact]
    public async Task Nobody_listens()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var fault = await FaultAsync(new() { Server = new Uri($"https://127.0.0.1:{port}"), Name = "x" });
        Assert.Equal(KubeConnectionFault.Unreachable, fault.Fault);
        Assert.Contains($"https://127.0.0.1:{port} is not reached", fault.Message);
    }

    [Fact]
    public async Task No_such_host()
    {
        var fault = await FaultAsync(new() { Server = new Uri("https://no-such-host.invalid:6443"), Name = "x" });
        Assert.Equal(KubeConnectionFault.Unreachable, fault.Fault);
        Assert.Contains("https://no-such-host.invalid:6443", fault.Message);
    }

    [Fact]
    public async Task A_server_that_says_nothing()
    {
        await using var api = await TestApi.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        var fault = await FaultAsync(api.Options() with { Timeout = TimeSpan.FromMilliseconds(300) });
        Assert.Equal(KubeConnectionFault.Timeout, fault.Fault);
        Assert.Contains("gave no answer within 0.3 s", fault.Message);
    }

    [Fact]
    public async Task A_server_that_takes_no_connection()
    {
        // The system takes it, but nobody ever answers the handshake.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var fault = await FaultAsync(new() { Server = new Uri($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"), Name = "x", ConnectTimeout = TimeSpan.FromMilliseconds(300) });
        Assert.Equal(KubeConnectionFault.Timeout, fault.Fault);
        Assert.Contains("took no connection within 0.3 s", fault.Message);
    }

    [Fact]
    public async Task A_server_that_goes_away_amid_HTTP_2()
    {
        using var authority = new TestAuthority();
        await using var api = await TestApi.StartAsync(
            c =>
            {
                c.Abort();
                return Task.CompletedTask;
            }, authority.Server(["127.0.0.1"]));
        var fault = await FaultAsync(api.Options(authority));
        Assert.Equal(KubeConnectionFault.Unreachable, fault.Fault);
        Assert.InRange(api.Requests.Count, 3, 12);
    }

    [Theory]
    [InlineData("to ken")]
    [InlineData("tok\r\nX-Evil: 1")]
    [InlineData("tökén")]
    public async Task A_token_that_no_header_carries_is_refused_and_not_told(string token)
    {
        var error = await Assert.ThrowsAsync<KubeConfigException>(() => GetAsync(new() { Server = new Uri("http://127.0.0.1:1"), Name = "x", Token = token }));
        Assert.DoesNotContain(token, error.ToString());
    }

    [Fact]
    public async Task Cancellation_stays_cancellation()
    {
        var asked = new TaskCompletionSource();
        await using var api = await TestApi.StartAsync(context =>
        {
            asked.TrySetResult();
            return Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var connection = new KubeConnection(api.Options());
        using var stop = new CancellationTokenSource();
        var get = new KubeApi(connection).GetAsync(KubeResources.Pods, "a", "web", stop.Token);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => get.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task A_server_without_TLS()
    {
        await using var api = await TestApi.StartAsync(Serve);
        var fault = await FaultAsync(api.Options() with { Server = new Uri($"https://127.0.0.1:{api.Address.Port}") });
        Assert.Equal(KubeConnectionFault.NotKubernetes, fault.Fault);
        Assert.Contains("does not speak TLS", fault.Message);
    }

    [Fact]
    public async Task A_server_that_does_not_speak_HTTP()
    {
        using var server = new RawServer("SSH-2.0-OpenSSH_9\r\n\r\n");
        var fault = await FaultAsync(new() { Server = server.Address, Name = "x" });
        Assert.Equal(KubeConnectionFault.NotKubernetes, fault.Fault);
    }

    [Fact]
    public async Task A_server_that_hangs_up()
    {
        using var server = new RawServer("");
        var fault = await FaultAsync(new() { Server = server.Address, Name = "x" });
        Assert.Equal(KubeConnectionFault.Unreachable, fault.Fault);
        Assert.Contains("broke the connection off", fault.Message);
        // Sockets may try more often on their own: nothing was answered at all.
        Assert.InRange(server.Requests, 3, 12);
    }

    [Fact]
    public async Task A_server_that_hangs_up_before_TLS_is_agreed_on()
    {
        using var server = new RawServer("");
        var fault = await FaultAsync(new() { Server = new UriBuilder(server.Address) { Scheme = "https" }.Uri, Name = "x" });
        Assert.Equal(KubeConnectionFault.Unreachable, fault.Fault);
        Assert.Contains("broke the connection off", fault.Message);
    }

    [Fact]
    public async Task A_server_that_hangs_up_amid_the_body()
    {
        using var server = new RawServer("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"kind\":");
        var fault = await FaultAsync(new() { Server = server.Address, Name = "x" });
        Assert.Equal(KubeConnectionFault.Unreachable, fault.Fault);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    [InlineData(400)]
    public async Task A_web_page_is_no_Kubernetes(int status)
    {
        await using var api = await TestApi.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "text/html; charset=utf-8";
            return context.Response.WriteAsync("<html><body>Log in</body></html>");
        });
        var fault = await FaultAsync(api.Options());
        Assert.Equal(KubeConnectionFault.NotKubernetes, fault.Fault);
        Assert.Contains("answers with a web page (HTML)", fault.Message);
    }

    [Fact]
    public async Task A_redirect_is_told_and_not_followed()
    {
        await using var api = await TestApi.StartAsync(context =>
        {
            context.Response.Redirect("https://login.example.com/start?secret=1");
            return Task.CompletedTask;
        });
        var fault = await FaultAsync(api.Options() with { Token = "t" });
        Assert.Equal(KubeConnectionFault.NotKubernetes, fault.Fault);
        Assert.Contains("redirects to https://login.example.com.", fault.Message);
        Assert.DoesNotContain("secret", fault.ToString());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("ok")]
    [InlineData("")]
    public async Task An_answer_that_is_no_object(string body)
    {
        await using var api = await TestApi.StartAsync(context => TestApi.Json(context, body));
        Assert.Equal(KubeConnectionFault.NotKubernetes, (await FaultAsync(api.Options())).Fault);
    }

    [Theory]
    [InlineData("ftp://h")]
    [InlineData("unix:///x")]
    public void Other_schemes_are_refused(string server) => Assert.Throws<ArgumentException>(() => new KubeConnection(new() { Server = new Uri(server), Name = "x" }));

    [Fact]
    public void Two_identities_are_refused() =>
        Assert.Throws<ArgumentException>(() => new KubeConnection(new() { Server = new Uri("https://h"), Name = "x", Token = "t", UserName = "u" }));

    [Fact]
    public async Task No_secret_is_in_any_text()
    {
        var options = new KubeConnectionOptions { Server = new Uri("https://user:hidden@127.0.0.1:1/p?hidden=1"), Name = "x", Token = "hidden", TokenFile = null, ConnectTimeout = TimeSpan.FromSeconds(1) };
        using var connection = new KubeConnection(options);
        var fault = await Assert.ThrowsAsync<KubeConnectionException>(() => new KubeApi(connection).GetAsync(KubeResources.Pods, "a", "web", CancellationToken.None));
        foreach (var text in new[] { options.ToString(), connection.ToString(), fault.Message, (options with { Token = null, UserName = "u", Password = "hidden" }).ToString() })
        {
            Assert.Contains("127.0.0.1", text);
            Assert.DoesNotContain("hidden", text);
        }
    }
}
