using System.Text;
using Kube.Config;
using Kube.Http;
using Kube.Tests.Http;
using Microsoft.AspNetCore.Http;

namespace Kube.Tests.Credentials;

/// <summary>Proxies, impersonation, and the cluster around a pod.</summary>
public sealed class RouteTests
{
    const string Pod = """{"kind":"Pod","apiVersion":"v1","metadata":{"name":"web","namespace":"a"}}""";

    static async Task GetAsync(KubeConnectionOptions options)
    {
        using var connection = new KubeConnection(options);
        await new KubeApi(connection).GetAsync(KubeResources.Pods, "a", "web", TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("http", null, false)]
    [InlineData("http", "jane:p@:/ss", false)]
    [InlineData("socks5", null, true)]
    [InlineData("socks5", "jane:p@:/ss", true)]
    public async Task The_clusters_own_proxy_is_used_also_to_this_machine(string scheme, string? user, bool socks)
    {
        using var authority = new TestAuthority();
        await using var api = await TestApi.StartAsync(context => TestApi.Json(context, Pod), authority.Server(["127.0.0.1"]));
        using var proxy = new TestProxy(socks, user);
        var info = user is null ? "" : string.Join(':', user.Split(':', 2).Select(Uri.EscapeDataString)) + "@";
        var text = $$$"""
            {"current-context":"x","contexts":[{"name":"x","context":{"cluster":"x"}}],
             "clusters":[{"name":"x","cluster":{"server":"{{{api.Address.OriginalString}}}","proxy-url":"{{{scheme}}}://{{{info}}}127.0.0.1:{{{proxy.Port}}}",
               "certificate-authority-data":"{{{Convert.ToBase64String(Encoding.ASCII.GetBytes(authority.Pem))}}}"}}]}
            """;
        await GetAsync(KubeConfig.Parse(text).Resolve());
        Assert.Equal($"127.0.0.1:{api.Address.Port}", Assert.Single(proxy.Targets));
        Assert.Single(api.Requests);
    }

    [Theory]
    [InlineData("http", false)]
    [InlineData("socks5", true)]
    public async Task A_proxy_that_does_not_let_us_through_is_named_without_its_password(string scheme, bool socks)
    {
        using var authority = new TestAuthority();
        await using var api = await TestApi.StartAsync(context => TestApi.Json(context, Pod), authority.Server(["127.0.0.1"]));
        using var proxy = new TestProxy(socks, "jane:right");
        var fault = await Assert.ThrowsAsync<KubeConnectionException>(() => GetAsync(api.Options(authority) with { Proxy = new Uri($"{scheme}://jane:wrong-secret@127.0.0.1:{proxy.Port}") }));
        Assert.Equal(KubeConnectionFault.Unreachable, fault.Fault);
        Assert.DoesNotContain("wrong-secret", fault.ToString(), StringComparison.Ordinal);
        Assert.Empty(api.Requests);
        Assert.Empty(proxy.Targets);
    }

    [Theory]
    [InlineData("ftp://p")]
    [InlineData("socks4://p")]
    public void A_proxy_of_another_kind_is_refused(string proxy) =>
        Assert.Throws<ArgumentException>(() => new KubeConnection(new() { Server = new Uri("https://h"), Name = "x", Proxy = new Uri(proxy) }));

    [Fact]
    public async Task To_act_as_somebody_else_is_asked_with_every_request()
    {
        IHeaderDictionary? headers = null;
        await using var api = await TestApi.StartAsync(false, context =>
        {
            headers = new HeaderDictionary(context.Request.Headers.ToDictionary());
            return TestApi.Json(context, Pod);
        });
        var options = KubeConfig.Parse($$$"""
            {"current-context":"x","contexts":[{"name":"x","context":{"cluster":"x","user":"u"}}],
             "clusters":[{"name":"x","cluster":{"server":"{{{api.Address.OriginalString}}}"}}],
             "users":[{"name":"u","user":{"token":"t","as":"jane","as-uid":"7","as-groups":["a","b c"],"as-user-extra":{"example.com/scopes":["x","y"],"k":["v"]} } }]}
            """).Resolve();
        await GetAsync(options);
        Assert.Equal(("Bearer t", "jane", "7"), (headers!.Authorization.ToString(), headers["Impersonate-User"].ToString(), headers["Impersonate-Uid"].ToString()));
        Assert.Equal(["a", "b c"], string.Join(',', headers["Impersonate-Group"].ToArray()).Split(',').Select(g => g.Trim()));
        Assert.Equal("x, y", string.Join(", ", headers["Impersonate-Extra-example.com%2Fscopes"].ToArray()));
        Assert.Equal("v", headers["Impersonate-Extra-k"].ToString());
    }

    [Fact]
    public void Nobody_else_no_headers() => Assert.Empty(Impersonation.Headers(null));

    [Fact]
    public void A_pods_own_cluster_is_found_where_there_is_one()
    {
        var mount = Directory.CreateTempSubdirectory("kube-mount-").FullName;
        try
        {
            using var authority = new TestAuthority();
            var variables = new Dictionary<string, string?> { ["KUBERNETES_SERVICE_HOST"] = "10.0.0.1", ["KUBERNETES_SERVICE_PORT"] = "443" };
            Assert.Null(InCluster.Find(variables.GetValueOrDefault, mount));
            File.WriteAllText(Path.Combine(mount, "token"), "t");
            File.WriteAllText(Path.Combine(mount, "namespace"), "shop\n");
            File.WriteAllText(Path.Combine(mount, "ca.crt"), authority.Pem);
            var options = InCluster.Find(variables.GetValueOrDefault, mount)!;
            Assert.Equal(("https://10.0.0.1/", "shop", "in-cluster", Path.Combine(mount, "token")), (options.Server.AbsoluteUri, options.Namespace, options.Name, options.TokenFile));
            Assert.Single(options.CertificateAuthority!);
            variables["KUBERNETES_SERVICE_HOST"] = "fd00::1";
            Assert.Equal("[fd00::1]", InCluster.Find(variables.GetValueOrDefault, mount)!.Server.Host);
            File.WriteAllText(Path.Combine(mount, "ca.crt"), "none");
            Assert.Contains("holds no certificate", Assert.Throws<KubeConfigException>(() => InCluster.Find(variables.GetValueOrDefault, mount)).Message);
            variables.Remove("KUBERNETES_SERVICE_PORT");
            Assert.Null(InCluster.Find(variables.GetValueOrDefault, mount));
        }
        finally
        {
            Directory.Delete(mount, recursive: true);
        }
    }

    [Theory]
    [InlineData("https://10.0.0.1", false, null)]
    [InlineData("https://10.0.0.1", true, "The certificate of https://10.0.0.1 is not checked: whoever answers there gets the credentials.")]
    [InlineData("http://10.0.0.1/x", false, "The connection to http://10.0.0.1/x is not encrypted: anybody on the way can read it, credentials too.")]
    [InlineData("http://127.0.0.1:8001", false, null)]
    public void What_to_know_before_trusting(string server, bool insecure, string? warning)
    {
        using var connection = new KubeConnection(new() { Server = new Uri(server), Name = "x", InsecureSkipTlsVerify = insecure });
        Assert.Equal(warning is null ? [] : [warning], connection.Warnings);
    }

    [Fact]
    public async Task A_handler_for_others_asks_as_the_connection_would_and_does_nothing_else()
    {
        await using var api = await TestApi.StartAsync(false, context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            context.Response.StatusCode = 503;
            return context.Response.WriteAsync("raw");
        });
        using var http = new HttpMessageInvoker((api.Options() with { Token = "t" }).CreateHandler());
        using var answer = await http.SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(api.Address, "/x")), TestContext.Current.CancellationToken);
        Assert.Equal("raw", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("Bearer t", Assert.Single(api.Requests).Authorization);
    }
}
