using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Kube.Config;
using Kube.Credentials;
using Kube.Tests.Http;
using Microsoft.AspNetCore.Http;

namespace Kube.Tests.Credentials;

/// <summary>An OIDC login against an issuer of the test's own, over TLS, with a kubeconfig in YAML that a person wrote.</summary>
public sealed class OidcCredentialsTests : IAsyncLifetime
{
    const string Pod = """{"kind":"Pod","apiVersion":"v1","metadata":{"name":"web","namespace":"a"}}""";

    readonly string _folder = Directory.CreateTempSubdirectory("kube-oidc-").FullName;
    readonly TestAuthority _authority = new();
    TestApi _issuer = null!;
    TestApi _api = null!;
    readonly List<(string Authorization, Dictionary<string, string> Form)> _asked = [];
    Func<Dictionary<string, string>, (int Status, object Body)> _answer = _ => (200, new { });
    string? _callsItself;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    string Path => System.IO.Path.Combine(_folder, "config");

    public async ValueTask InitializeAsync()
    {
        _issuer = await TestApi.StartAsync(async context =>
        {
            if (context.Request.Path == "/realm/.well-known/openid-configuration")
            {
                await TestApi.Json(context, JsonSerializer.Serialize(new { issuer = _callsItself ?? _issuer.Address + "realm", token_endpoint = _issuer.Address + "token" }));
                return;
            }
            var form = (await context.Request.ReadFormAsync()).ToDictionary(f => f.Key, f => f.Value.ToString());
            _asked.Add((context.Request.Headers.Authorization.ToString(), form));
            var (status, body) = _answer(form);
            await TestApi.Json(context, JsonSerializer.Serialize(body), status);
        }, _authority.Server(["127.0.0.1"]));
        _api = await TestApi.StartAsync(false, context => TestApi.Json(context, Pod));
    }

    public async ValueTask DisposeAsync()
    {
        await _issuer.DisposeAsync();
        await _api.DisposeAsync();
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    static string Token(DateTimeOffset expires, string subject = "jane") =>
        $"e30.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new { sub = subject, exp = expires.ToUnixTimeSeconds() }))}.c2ln";

    string Write(string? idToken, string? refreshToken, string? secret = null)
    {
        var text = $"""
            # mine
            current-context: x
            contexts: [ ]   # see below
            clusters:
            - name: x
              cluster: {"{"} server: {_api.Address.OriginalString} {"}"}
            users:
            - name: jane@example.com   # who
              user:
                auth-provider:
                  name: oidc
                  config:
                    client-id: kube
                    {(secret is null ? "# no secret" : "client-secret: " + secret)}
                    idp-certificate-authority-data: {Convert.ToBase64String(Encoding.ASCII.GetBytes(_authority.Pem))}
                    idp-issuer-url: {_issuer.Address}realm
                    {(idToken is null ? "# no token" : "id-token: " + idToken)}
                    {(refreshToken is null ? "# no way to a new one" : $"refresh-token: \"{refreshToken}\" # keep")}
            # end
            """.Replace("contexts: [ ]", "contexts: [{name: x, context: {cluster: x, user: jane@example.com}}]", StringComparison.Ordinal);
        File.WriteAllText(Path, text);
        return text;
    }

    async Task GetAsync()
    {
        using var connection = new KubeConnection(KubeConfig.Load(Path).Resolve());
        await new KubeApi(connection).GetAsync(KubeResources.Pods, "a", "web", Cancel);
    }

    async Task<string> FaultAsync()
    {
        var fault = await Assert.ThrowsAsync<KubeConnectionException>(GetAsync);
        Assert.Equal(KubeConnectionFault.Credentials, fault.Fault);
        Assert.DoesNotContain("secret", fault.ToString(), StringComparison.Ordinal);
        return fault.Message;
    }

    [Fact]
    public async Task A_token_that_is_good_is_sent_as_it_is()
    {
        var token = Token(DateTimeOffset.UtcNow.AddHours(1));
        var text = Write(token, "r-secret");
        await GetAsync();
        Assert.Equal("Bearer " + token, Assert.Single(_api.Requests).Authorization);
        Assert.Empty(_asked);
        Assert.Equal(text, File.ReadAllText(Path));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("s e:c/secret")]
    public async Task A_token_that_is_over_is_renewed_and_written_back_where_it_stood(string? secret)
    {
        var (old, next) = (Token(DateTimeOffset.UtcNow.AddSeconds(5)), Token(DateTimeOffset.UtcNow.AddHours(1)));
        var text = Write(old, "r1-secret", secret is null ? null : $"\"{secret}\"");
        _answer = _ => (200, new { id_token = next, refresh_token = "r2-secret" });
        await GetAsync();
        await GetAsync();
        Assert.All(_api.Requests, request => Assert.Equal("Bearer " + next, request.Authorization));
        var (authorization, form) = Assert.Single(_asked);
        Assert.Equal(("refresh_token", "r1-secret"), (form["grant_type"], form["refresh_token"]));
        if (secret is null) Assert.Equal(("", "kube"), (authorization, form["client_id"]));
        else Assert.Equal("kube:s%20e%3Ac%2Fsecret", Encoding.UTF8.GetString(Convert.FromBase64String(authorization["Basic ".Length..])));
        var written = File.ReadAllText(Path);
        Assert.Equal(text.Replace("\"r1-secret\"", "r2-secret", StringComparison.Ordinal).Replace(old, next, StringComparison.Ordinal),
            written.Replace($"\"{next}\"", next, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_issuer_that_wants_the_clients_secret_in_the_form_gets_it_there()
    {
        var next = Token(DateTimeOffset.UtcNow.AddHours(1));
        Write(null, "r1-secret", "s-secret");
        _answer = form => form.ContainsKey("client_secret") ? (200, new { id_token = next }) : (401, new { error = "invalid_client" });
        await GetAsync();
        Assert.Equal(("s-secret", "kube"), (_asked[1].Form["client_secret"], _asked[1].Form["client_id"]));
        Assert.Contains("refresh-token: \"r1-secret\" # keep", File.ReadAllText(Path), StringComparison.Ordinal);
        Assert.Contains(next, File.ReadAllText(Path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_another_process_has_renewed_is_taken_from_the_file()
    {
        Write(Token(DateTimeOffset.UtcNow.AddHours(-1)), "r1-secret");
        using var connection = new KubeConnection(KubeConfig.Load(Path).Resolve());
        var theirs = Token(DateTimeOffset.UtcNow.AddHours(1), "theirs");
        Write(theirs, "r9-secret");
        await new KubeApi(connection).GetAsync(KubeResources.Pods, "a", "web", Cancel);
        Assert.Equal("Bearer " + theirs, Assert.Single(_api.Requests).Authorization);
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task An_issuer_that_refuses_means_log_in_again()
    {
        Write(null, "r1-secret");
        _answer = _ => (400, new { error = "invalid_grant" });
        Assert.EndsWith("is over: the issuer gives no new token (invalid_grant); log in again.", await FaultAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_issuer_without_an_id_token_is_told()
    {
        Write(null, "r1-secret");
        _answer = _ => (200, new { access_token = "a-secret" });
        Assert.Contains("answers without an id_token", await FaultAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_is_over_and_nothing_to_renew_it_with()
    {
        Write(Token(DateTimeOffset.UtcNow.AddHours(-1)), null);
        Assert.Contains("there is no refresh-token to renew it with; log in again.", await FaultAsync(), StringComparison.Ordinal);
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task An_issuer_by_another_name_gets_no_token()
    {
        Write(null, "r1-secret");
        _callsItself = "https://evil.example.com";
        Assert.Contains("calls itself another issuer", await FaultAsync(), StringComparison.Ordinal);
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task An_issuer_that_is_not_trusted_gets_no_token()
    {
        File.WriteAllText(Path, Write(null, "r1-secret").Replace("idp-certificate-authority-data:", "other:", StringComparison.Ordinal));
        Assert.Contains("it is not trusted", await FaultAsync(), StringComparison.Ordinal);
        Assert.Empty(_asked);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("a.b", false)]
    [InlineData("a.b.c", false)]
    [InlineData("e30.e30.c", false)]
    [InlineData("e30.eyJleHAiOiJ4In0.c", false)]
    [InlineData("e30.eyJleHAiOjF9.c", true)]
    public void When_a_token_expires(string token, bool told) => Assert.Equal(told, IdToken.Expiry(token) is not null);
}
