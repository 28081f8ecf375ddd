using System.Text;
using Kube.Manifests;

namespace Kube.Tests.Manifests;

public class FetchRedirectTests
{
    static readonly FetchOptions Options = new()
    {
        RetryDelay = TimeSpan.Zero,
        Token = "hunter2",
        Headers = new Dictionary<string, string> { ["X-Key"] = "hunter2" },
    };

    static readonly TestCertificates Certificates = new();

    static async Task<string> Fetch(string url, FetchOptions? options = null)
    {
        using var fetcher = new ManifestFetcher(options ?? Options, Certificates.Trust);
        return Encoding.UTF8.GetString((await fetcher.FetchAsync(new Uri(url), default)).Span);
    }

    static async Task<ManifestException> Fault(string url)
    {
        var fault = await Assert.ThrowsAsync<ManifestException>(() => Fetch(url));
        Assert.DoesNotContain("hunter2", fault.ToString());
        return fault;
    }

    static byte[] Pod() => ScriptedServer.Response("200 OK", "kind: Pod");

    static void AssertKnown(ScriptedRequest request) => Assert.Equal(("Bearer hunter2", "hunter2"), (request.Headers.GetValueOrDefault("Authorization"), request.Headers.GetValueOrDefault("X-Key")));

    static void AssertStranger(ScriptedRequest request) => Assert.DoesNotContain(request.Headers.Keys, k => k.ToLowerInvariant() is "authorization" or "x-key" or "cookie" or "referer");

    [Theory]
    [InlineData("301 Moved Permanently", "/b")]
    [InlineData("302 Found", "b")]
    [InlineData("303 See Other", "/b")]
    [InlineData("307 Temporary Redirect", "?/../b")]
    [InlineData("308 Permanent Redirect", "./b#part")]
    public async Task A_redirect_is_followed_and_at_home_the_identity_is_kept(string status, string location)
    {
        await using var server = new ScriptedServer(r => r.Number == 1 ? ScriptedServer.To(location, status) : Pod());
        Assert.Equal("kind: Pod", await Fetch(server.Origin + "/a"));
        Assert.Equal(2, server.Requests.Count);
        Assert.All(server.Requests, AssertKnown);
        Assert.All(server.Requests, r => Assert.DoesNotContain("Cookie", r.Headers.Keys));
    }

    [Fact]
    public async Task Another_origin_gets_no_credential_and_no_header_of_the_user()
    {
        await using var other = new ScriptedServer(_ => Pod());
        await using var server = new ScriptedServer(_ => ScriptedServer.To(other.Origin + "/b"));
        Assert.Equal("kind: Pod", await Fetch(server.Origin + "/a"));
        AssertKnown(Assert.Single(server.Requests));
        AssertStranger(Assert.Single(other.Requests));
    }

    [Fact]
    public async Task Another_name_of_the_same_machine_is_another_origin()
    {
        await using var server = new ScriptedServer(r => r.Number == 1 ? ScriptedServer.To($"http://localhost:{new Uri("http://" + r.Headers["Host"]).Port}/b") : Pod());
        Assert.Equal("kind: Pod", await Fetch(server.Origin + "/a"));
        AssertStranger(server.Requests[1]);
    }

    [Fact]
    public async Task Who_was_sent_away_and_back_is_a_stranger()
    {
        ScriptedServer? home = null;
        await using var other = new ScriptedServer(_ => ScriptedServer.To(home!.Origin + "/c"));
        await using var server = home = new ScriptedServer(r => r.Number == 1 ? ScriptedServer.To(other.Origin + "/b") : Pod());
        Assert.Equal("kind: Pod", await Fetch(server.Origin + "/a"));
        AssertKnown(server.Requests[0]);
        AssertStranger(server.Requests[1]);
    }

    [Fact]
    public async Task User_info_of_a_target_is_not_sent()
    {
        await using var server = new ScriptedServer(r => r.Number == 1 ? ScriptedServer.To($"http://you:hunter2@localhost:{new Uri("http://" + r.Headers["Host"]).Port}/b") : Pod());
        Assert.Equal("kind: Pod", await Fetch(server.Origin + "/a"));
        AssertStranger(server.Requests[1]);
    }

    [Fact]
    public async Task From_http_to_https_is_followed_as_a_stranger()
    {
        await using var secure = new ScriptedServer(_ => Pod(), Certificates.For());
        await using var server = new ScriptedServer(_ => ScriptedServer.To(secure.Origin + "/b"));
        Assert.Equal("kind: Pod", await Fetch(server.Origin + "/a"));
        AssertStranger(Assert.Single(secure.Requests));
    }

    [Fact]
    public async Task From_https_to_http_is_refused()
    {
        await using var plain = new ScriptedServer(_ => Pod());
        await using var secure = new ScriptedServer(_ => ScriptedServer.To(plain.Origin + "/b?sig=hunter2"), Certificates.For());
        var fault = await Fault(secure.Origin + "/a?sig=hunter2");
        Assert.StartsWith($"{secure.Origin}/a: a redirect leads from https to {plain.Origin}/b, ", fault.Message);
        Assert.Equal(ManifestFault.Refused, fault.Fault);
        Assert.Empty(plain.Requests);
        Assert.Single(secure.Requests);
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public async Task Ten_redirects_are_followed(int redirects, bool followed)
    {
        await using var server = new ScriptedServer(r => r.Number <= redirects ? ScriptedServer.To($"/{r.Number}?sig=hunter2") : Pod());
        if (followed)
            Assert.Equal("kind: Pod", await Fetch(server.Origin + "/"));
        else
            Assert.Contains("there are more than 10 redirects, the last to " + server.Origin + "/11;", (await Fault(server.Origin + "/")).Message);
        Assert.Equal(11, server.Requests.Count);
    }

    [Fact]
    public async Task A_loop_ends()
    {
        await using var server = new ScriptedServer(_ => ScriptedServer.To("/a"));
        Assert.Contains("there are more than 10 redirects", (await Fault(server.Origin + "/a")).Message);
        Assert.Equal(11, server.Requests.Count);
    }

    [Theory]
    [InlineData("file:///etc/passwd", "a redirect leads to file; expected http or https")]
    [InlineData("ftp://example.com/a", "a redirect leads to ftp")]
    [InlineData("javascript:hunter2", "a redirect leads to javascript")]
    [InlineData("http://[hunter2", "a redirect's target is no URL")]
    [InlineData("http://:hunter2", "a redirect's target is no URL")]
    [InlineData(" ", "a redirect names no target")]
    public async Task A_redirect_to_nowhere_is_refused(string location, string message)
    {
        await using var server = new ScriptedServer(_ => ScriptedServer.To(location));
        var fault = await Fault(server.Origin + "/a");
        Assert.Contains(message, fault.Message);
        Assert.Equal(ManifestFault.Refused, fault.Fault);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_redirect_without_a_target_is_refused()
    {
        await using var server = new ScriptedServer("302 Found");
        Assert.Contains("a redirect names no target; expected a Location header", (await Fault(server.Origin + "/a")).Message);
    }

    [Fact]
    public async Task A_target_that_fails_is_named_without_its_secrets()
    {
        await using var server = new ScriptedServer(r => r.Number == 1 ? ScriptedServer.To("/b?sig=hunter2") : ScriptedServer.Response("404 Not Found", ""));
        var fault = await Fault(server.Origin + "/a");
        Assert.StartsWith($"{server.Origin}/a: {server.Origin}/b, to which it redirects, answered 404", fault.Message);
    }

    [Fact]
    public async Task A_try_after_a_fault_starts_at_the_first_address_with_the_identity()
    {
        await using var server = new ScriptedServer(r => (r.Target, r.Number) switch
        {
            ("/a", _) => ScriptedServer.To("/b"),
            (_, < 4) => ScriptedServer.Response("503 Service Unavailable", ""),
            _ => Pod(),
        });
        Assert.Equal("kind: Pod", await Fetch(server.Origin + "/a"));
        Assert.Equal(["/a", "/b", "/a", "/b"], server.Requests.Select(r => r.Target));
        Assert.All(server.Requests, AssertKnown);
    }
}
