using System.Net;
using System.Text;
using Kube.Manifests;

namespace Kube.Tests.Manifests;

public class FetchIdentityTests
{
    static async Task<ScriptedRequest> Sent(string userInfo, FetchOptions options)
    {
        await using var server = new ScriptedServer("200 OK", "x");
        using var fetcher = new ManifestFetcher(options);
        await fetcher.FetchAsync(new Uri($"http://{userInfo}127.0.0.1:{server.Port}/"), default);
        return Assert.Single(server.Requests);
    }

    static async Task<ManifestException> Fault(FetchOptions options)
    {
        using var fetcher = new ManifestFetcher(options);
        return await Assert.ThrowsAsync<ManifestException>(() => fetcher.FetchAsync(new Uri("http://127.0.0.1:1/"), default));
    }

    static FetchOptions WithHeader(string name, string value) => new() { Headers = new Dictionary<string, string> { [name] = value } };

    static string Basic(string text) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    [Theory]
    [InlineData("", null)]
    [InlineData("me@", "me:")]
    [InlineData("me:pass@", "me:pass")]
    [InlineData("me:p%40s%3As%2F@", "me:p@s:s/")]
    [InlineData("m%C3%A9:p%C3%A4ss@", "mé:päss")]
    [InlineData(":token@", ":token")]
    public async Task User_info_is_a_credential(string userInfo, string? expected) =>
        Assert.Equal(expected is null ? null : Basic(expected), (await Sent(userInfo, new())).Headers.GetValueOrDefault("Authorization"));

    [Fact]
    public async Task A_credential_is_basic_and_wins_over_user_info() =>
        Assert.Equal(Basic("you:pä:ss/+"), (await Sent("me:pass@", new() { Credential = new NetworkCredential("you", "pä:ss/+") })).Headers["Authorization"]);

    [Fact]
    public async Task A_token_is_a_bearer() =>
        Assert.Equal("Bearer abc.def", (await Sent("me:pass@", new() { Token = "abc.def" })).Headers["Authorization"]);

    [Fact]
    public async Task Headers_are_sent_and_may_replace_our_own()
    {
        var options = new FetchOptions { Headers = new Dictionary<string, string> { ["PRIVATE-TOKEN"] = "s3", ["Accept"] = "application/vnd.github.raw", ["authorization"] = "Custom x" } };
        var request = await Sent("me:pass@", options);
        Assert.Equal(("s3", "application/vnd.github.raw", "Custom x"), (request.Headers["PRIVATE-TOKEN"], request.Headers["Accept"], request.Headers["Authorization"]));
    }

    [Fact]
    public async Task More_than_one_identity_is_refused()
    {
        var credential = new NetworkCredential("me", "hunter2");
        var header = WithHeader("AUTHORIZATION", "hunter2").Headers;
        foreach (var options in (FetchOptions[])[new() { Credential = credential, Token = "hunter2" }, new() { Credential = credential, Headers = header }, new() { Token = "hunter2", Headers = header }])
        {
            var fault = await Fault(options);
            Assert.Contains("more than one of a credential, a token and an Authorization header; expected one", fault.Message);
            Assert.Equal(ManifestFault.Refused, fault.Fault);
        }
    }

    [Theory]
    [InlineData("Host", "hunter2", "the header Host cannot be set")]
    [InlineData("content-length", "7", "the header content-length cannot be set")]
    [InlineData("Transfer-Encoding", "chunked", "the header Transfer-Encoding cannot be set")]
    [InlineData("Accept-Encoding", "zstd", "the header Accept-Encoding cannot be set")]
    [InlineData("Content-Type", "hunter2", "the header Content-Type cannot be set: it describes a body")]
    [InlineData("X-Key", "hunter2\r\nX-Other: 1", "the value of the header X-Key cannot be sent; expected one line of ASCII")]
    [InlineData("X-Key", "hunter2\u0000", "the value of the header X-Key cannot be sent")]
    [InlineData("X-Key", "hunter2é", "the value of the header X-Key cannot be sent")]
    [InlineData("X Key", "hunter2", "the name of a header is none")]
    [InlineData("X-Key\r\nX-Other", "hunter2", "the name of a header is none")]
    [InlineData("", "hunter2", "the name of a header is none")]
    public async Task A_header_that_cannot_be_sent_is_refused_without_its_value(string name, string value, string message)
    {
        var fault = await Fault(WithHeader(name, value));
        Assert.Contains(message, fault.Message);
        Assert.DoesNotContain("hunter2", fault.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("hunter2 x")]
    [InlineData("hunter2\n")]
    [InlineData("hunter2é")]
    public async Task A_token_that_cannot_be_sent_is_refused_without_being_shown(string token)
    {
        var fault = await Fault(new() { Token = token });
        Assert.Contains("the token cannot be sent", fault.Message);
        Assert.DoesNotContain("hunter2", fault.ToString());
    }

    [Fact]
    public async Task A_user_with_a_colon_is_refused() =>
        Assert.Contains("the user name holds a colon", (await Fault(new() { Credential = new NetworkCredential("a:b", "hunter2") })).Message);
}
