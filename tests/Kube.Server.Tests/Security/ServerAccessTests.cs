using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Kube.Server.Security;
using Kube.Server.Tests.Hosting;

namespace Kube.Server.Tests.Security;

/// <summary>Who gets in, over real HTTPS.</summary>
public class ServerAccessTests(ServerAccessTests.Fixture fixture) : IClassFixture<ServerAccessTests.Fixture>
{
    const string Page = "https://app.example";

    public sealed class Fixture() : ServerFixture("--agent", "none", "--cors-allowed-origins", "^https://app\\.example$", "--cors-allow-credentials");

    [Theory]
    [InlineData(null, "/api/v1/pods", HttpStatusCode.Unauthorized)]
    [InlineData("wrong", "/api/v1/pods", HttpStatusCode.Unauthorized)]
    [InlineData("wrong", "/healthz", HttpStatusCode.Unauthorized)]
    [InlineData("e30.e30.e30", "/api", HttpStatusCode.Unauthorized)]
    [InlineData(null, "/healthz", HttpStatusCode.OK)]
    [InlineData(null, "/readyz", HttpStatusCode.OK)]
    [InlineData(null, "/version", HttpStatusCode.OK)]
    [InlineData(null, "/api", HttpStatusCode.Unauthorized)]
    [InlineData(null, "/openapi/v3", HttpStatusCode.Unauthorized)]
    [InlineData(null, "/nothing", HttpStatusCode.Unauthorized)]
    public async Task Without_the_token(string? token, string path, HttpStatusCode status)
    {
        using var http = fixture.Server.Http(token);
        var answer = await http.GetAsync(path);
        Assert.Equal(status, answer.StatusCode);
        if (status == HttpStatusCode.Unauthorized)
            Assert.Equal("""{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"Unauthorized","reason":"Unauthorized","code":401}""", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task With_the_token()
    {
        using var http = fixture.Server.Http(fixture.Server.Options().Token);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/api/v1/pods")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/nothing")).StatusCode);
    }

    [Theory]
    [InlineData("GET", "/version", 200)]
    [InlineData("GET", "/version/", 200)]
    [InlineData("POST", "/version", 405)]
    [InlineData("PUT", "/healthz", 200)]
    [InlineData("GET", "/healthz/more", 404)]
    [InlineData("GET", "/api/", 200)]
    [InlineData("GET", "/API/v1/pods", 404)]
    [InlineData("GET", "/openapi/v3/", 200)]
    [InlineData("POST", "/openapi/v3", 404)]
    [InlineData("GET", "/api/v1/namespaces/default/pods/none/log", 404)]
    [InlineData("GET", "/api/v1/namespaces/default/pods/none/portforward", 404)]
    [InlineData("GET", "/api/v1/nodes/none/proxy/healthz", 404)]
    [InlineData("GET", "/", 200)]
    public async Task What_answers_goes_by_method_and_path(string method, string path, int status)
    {
        using var http = fixture.Server.Http(fixture.Server.Options().Token);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        Assert.Equal(status, (int)(await http.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task The_client_says_that_its_token_is_wrong()
    {
        using var connection = new KubeConnection(fixture.Server.Options() with { Token = "wrong" });
        var refused = await Assert.ThrowsAsync<KubeOperationException>(() => new KubeApi(connection).GetAsync(KubeResources.Namespaces, null, "default", CancellationToken.None));
        Assert.Equal((401, "Unauthorized"), (refused.Status.Code, refused.Status.Reason));
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("localhost", true)]
    [InlineData("::1", true)]
    [InlineData("kubernetes.default", true)]
    [InlineData("kubernetes.default.svc", true)]
    [InlineData("example.com", false)]
    [InlineData("127.0.0.2", false)]
    public async Task The_certificate_is_for_these_names(string name, bool trusted) => Assert.Equal(trusted, await HandshakeAsync(name, fixture.Server.Options().CertificateAuthority!));

    [Fact]
    public async Task Another_CA_does_not_vouch_for_it() =>
        Assert.False(await HandshakeAsync("localhost", [ClusterCertificates.Create(CertificateNames.For([], ("m", Array.Empty<IPAddress>())), DateTimeOffset.UtcNow).Authority]));

    [Fact]
    public async Task It_listens_on_both_loopback_addresses()
    {
        var port = fixture.Server.Options().Server.Port;
        foreach (var address in Socket.OSSupportsIPv6 ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : new[] { IPAddress.Loopback })
        {
            using var client = new TcpClient(address.AddressFamily);
            await client.ConnectAsync(address, port).WaitAsync(ServerProcess.Bound);
        }
    }

    [Fact]
    public async Task A_certificate_of_another_CA_gets_nobody_in()
    {
        using var http = fixture.Server.Http(certificate: ClusterCertificates.Create(CertificateNames.For([], ("m", Array.Empty<IPAddress>())), DateTimeOffset.UtcNow).NodeClient);
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/api/v1/pods")).StatusCode);
    }

    [Fact]
    public async Task A_preflight_needs_no_token()
    {
        using var http = fixture.Server.Http();
        var request = new HttpRequestMessage(HttpMethod.Options, "/api/v1/pods");
        request.Headers.Add("Origin", Page);
        request.Headers.Add("Access-Control-Request-Method", "GET");
        request.Headers.Add("Access-Control-Request-Headers", "authorization");
        var answer = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal([Page], answer.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Equal(["true"], answer.Headers.GetValues("Access-Control-Allow-Credentials"));
        Assert.Contains("Authorization", string.Join(", ", answer.Headers.GetValues("Access-Control-Allow-Headers")));
    }

    [Theory]
    [InlineData(Page, true)]
    [InlineData("https://other.example", false)]
    [InlineData("null", false)]
    public async Task A_page_is_told_why_it_is_refused_if_it_may_know(string origin, bool allowed)
    {
        using var http = fixture.Server.Http("wrong");
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/pods");
        request.Headers.TryAddWithoutValidation("Origin", origin);
        var answer = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(allowed, answer.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Contains("Origin", answer.Headers.Vary);
    }

    [Fact]
    public async Task A_preflight_of_another_page_is_a_request_like_any()
    {
        using var http = fixture.Server.Http();
        var request = new HttpRequestMessage(HttpMethod.Options, "/api/v1/pods");
        request.Headers.Add("Origin", "https://other.example");
        request.Headers.Add("Access-Control-Request-Method", "GET");
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task A_watch_carries_the_headers_too()
    {
        using var http = fixture.Server.Http(fixture.Server.Options().Token);
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/namespaces?watch=true&timeoutSeconds=1");
        request.Headers.Add("Origin", Page);
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal([Page], answer.Headers.GetValues("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_service_account_s_token_knows_who_it_is_and_may_no_more_than_look_around()
    {
        var issued = await IssueAsync("default", """{"spec":{"expirationSeconds":600}}""");
        using var http = fixture.Server.Http(issued.GetProperty("status").GetProperty("token").GetString());
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/api/v1")).StatusCode);
        var refused = await http.GetAsync("/api/v1/namespaces/default/secrets");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        var status = JsonSerializer.Deserialize<JsonElement>(await refused.Content.ReadAsStringAsync());
        Assert.Equal("secrets is forbidden: User \"system:serviceaccount:default:default\" cannot list resource \"secrets\" in API group \"\" in the namespace \"default\"", status.GetProperty("message").GetString());
        Assert.Equal("Forbidden", status.GetProperty("reason").GetString());

        var me = await PostAsync(http, "/apis/authentication.k8s.io/v1/selfsubjectreviews", """{"kind":"SelfSubjectReview","apiVersion":"authentication.k8s.io/v1"}""");
        Assert.Equal("system:serviceaccount:default:default", me.GetProperty("status").GetProperty("userInfo").GetProperty("username").GetString());
        Assert.False(await MayAsync(http, """{"resourceAttributes":{"verb":"list","resource":"pods"}}"""));
        Assert.True(await MayAsync(http, """{"nonResourceAttributes":{"verb":"get","path":"/api"}}"""));
        using var admin = fixture.Server.Http(fixture.Server.Options().Token);
        Assert.True(await MayAsync(admin, """{"resourceAttributes":{"verb":"delete","resource":"nodes"}}"""));
    }

    [Fact]
    public async Task Who_may_do_everything_may_ask_in_another_s_name_and_is_held_to_what_that_one_may()
    {
        using var http = fixture.Server.Http(fixture.Server.Options().Token);
        http.DefaultRequestHeaders.Add("Impersonate-User", "system:serviceaccount:default:default");
        var me = (await PostAsync(http, "/apis/authentication.k8s.io/v1/selfsubjectreviews", """{"kind":"SelfSubjectReview","apiVersion":"authentication.k8s.io/v1"}""")).GetProperty("status").GetProperty("userInfo");
        Assert.Equal("""{"username":"system:serviceaccount:default:default","groups":["system:serviceaccounts","system:serviceaccounts:default","system:authenticated"]}""", me.GetRawText());
        Assert.False(await MayAsync(http, """{"resourceAttributes":{"verb":"list","resource":"pods"}}"""));
        Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync("/api/v1/pods")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/api/v1")).StatusCode);
    }

    [Fact]
    public async Task A_service_account_may_not_ask_in_another_s_name()
    {
        var issued = await IssueAsync("default", """{"spec":{"expirationSeconds":600}}""");
        using var http = fixture.Server.Http(issued.GetProperty("status").GetProperty("token").GetString());
        http.DefaultRequestHeaders.Add("Impersonate-User", "kubernetes-admin");
        http.DefaultRequestHeaders.Add("Impersonate-Group", "system:masters");
        var refused = await http.GetAsync("/api");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("""users \"kubernetes-admin\" is forbidden: User \"system:serviceaccount:default:default\" cannot impersonate resource \"users\" in API group \"\" at the cluster scope""", await refused.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_group_of_nobody_is_refused()
    {
        using var http = fixture.Server.Http(fixture.Server.Options().Token);
        http.DefaultRequestHeaders.Add("Impersonate-Group", "system:masters");
        Assert.Equal(HttpStatusCode.BadRequest, (await http.GetAsync("/api")).StatusCode);
    }

    [Fact]
    public async Task Everybody_is_told_the_rules_that_hold_for_him()
    {
        const string path = "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews";
        const string body = """{"kind":"SelfSubjectRulesReview","apiVersion":"authorization.k8s.io/v1","spec":{"namespace":"default"}}""";
        using var admin = fixture.Server.Http(fixture.Server.Options().Token);
        var all = (await PostAsync(admin, path, body)).GetProperty("status");
        Assert.Equal("""{"verbs":["*"],"apiGroups":["*"],"resources":["*"]}""", all.GetProperty("resourceRules")[0].GetRawText());
        Assert.Equal("""{"verbs":["*"],"nonResourceURLs":["*"]}""", all.GetProperty("nonResourceRules")[0].GetRawText());
        admin.DefaultRequestHeaders.Add("Impersonate-User", "system:serviceaccount:default:default");
        var few = (await PostAsync(admin, path, body)).GetProperty("status").GetRawText();
        Assert.Equal("""{"resourceRules":[{"verbs":["create"],"apiGroups":["authentication.k8s.io"],"resources":["selfsubjectreviews"]},{"verbs":["create"],"apiGroups":["authorization.k8s.io"],"resources":["selfsubjectaccessreviews","selfsubjectrulesreviews"]}],"nonResourceRules":[{"verbs":["get"],"nonResourceURLs":["/healthz","/livez","/readyz","/version","/version/"]},{"verbs":["get"],"nonResourceURLs":["/api","/api/*","/apis","/apis/*","/openapi","/openapi/*"]}],"incomplete":false}""", few);
        var nowhere = await admin.PostAsync(path, new StringContent("""{"kind":"SelfSubjectRulesReview","apiVersion":"authorization.k8s.io/v1","spec":{}}""", Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, nowhere.StatusCode);
    }

    [Fact]
    public async Task A_token_ends_with_its_service_account()
    {
        await fixture.Api.CreateAsync(KubeResources.ServiceAccounts, "default", """{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"short-lived"}}"""u8.ToArray(), new WriteOptions(), CancellationToken.None);
        var token = (await IssueAsync("short-lived", "{}")).GetProperty("status").GetProperty("token").GetString();
        using var http = fixture.Server.Http(token);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/api")).StatusCode);
        await fixture.Api.DeleteAsync(KubeResources.ServiceAccounts, "default", "short-lived", new DeleteOptions(), CancellationToken.None);
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/api")).StatusCode);
    }

    [Theory]
    [InlineData("nobody", "{}", 404, "serviceaccounts \"nobody\" not found")]
    [InlineData("default", """{"spec":{"expirationSeconds":599}}""", 422, "may not specify a duration less than 10 minutes")]
    [InlineData("default", """{"spec":{"expirationSeconds":5000000000}}""", 422, "may not specify a duration larger than 2^32 seconds")]
    [InlineData("default", """{"spec":{"boundObjectRef":{"kind":"Pod","apiVersion":"v1","name":"none"}}}""", 404, "pods \"none\" not found")]
    [InlineData("default", """{"spec":{"boundObjectRef":{"kind":"Node","apiVersion":"v1","name":"none"}}}""", 400, "Pod and Secret are supported")]
    public async Task Tokens_that_are_not_issued(string account, string request, int code, string message)
    {
        var refused = await Assert.ThrowsAsync<KubeOperationException>(() => IssueAsync(account, request));
        Assert.Equal(code, refused.Status.Code);
        Assert.Contains(message, refused.Status.Message);
    }

    [Fact]
    public async Task A_token_for_another_audience_is_not_for_the_API()
    {
        var issued = await IssueAsync("default", """{"spec":{"audiences":["vault"]}}""");
        Assert.Equal("vault", issued.GetProperty("spec").GetProperty("audiences")[0].GetString());
        using var http = fixture.Server.Http(issued.GetProperty("status").GetProperty("token").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/api")).StatusCode);
    }

    async Task<JsonElement> IssueAsync(string account, string request)
    {
        var answer = await fixture.Api.CreateSubresourceAsync(KubeResources.ServiceAccounts, "default", account, "token", Encoding.UTF8.GetBytes(request), new WriteOptions(), CancellationToken.None);
        return JsonSerializer.Deserialize<JsonElement>(answer.Json.Span);
    }

    static async Task<bool> MayAsync(HttpClient http, string spec)
    {
        var answer = await PostAsync(http, "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", $$"""{"kind":"SelfSubjectAccessReview","apiVersion":"authorization.k8s.io/v1","spec":{{spec}}}""");
        return answer.GetProperty("status").GetProperty("allowed").GetBoolean();
    }

    static async Task<JsonElement> PostAsync(HttpClient http, string path, string body)
    {
        var answer = await http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Created, text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    async Task<bool> HandshakeAsync(string name, X509Certificate2Collection authorities)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, fixture.Server.Options().Server.Port);
        await using var tls = new SslStream(client.GetStream());
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = name, CertificateChainPolicy = policy });
            return true;
        }
        catch (AuthenticationException)
        {
            return false;
        }
    }
}
