using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Kube.Access;
using Kube.Credentials;
using Kube.Tests.Http;
using Microsoft.AspNetCore.Http;

namespace Kube.Tests.Access;

/// <summary>Whom servers see, new ones and old ones, and what they allow.</summary>
public sealed class IdentityTests
{
    const string Who = """{"kind":"SelfSubjectReview","status":{"userInfo":{"username":"jane","uid":"7","groups":["a","system:authenticated"],"extra":{"x":["y"]}}}}""";
    const string Yes = """{"kind":"SelfSubjectAccessReview","status":{"allowed":true}}""";
    const string No = """{"kind":"SelfSubjectAccessReview","status":{"allowed":false,"reason":"no role"}}""";

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static async Task<(KubeIdentity Identity, string[] Asked)> AskAsync(Func<string, (int Code, string Body)> server, string? token = null)
    {
        await using var api = await TestApi.StartAsync(context => Answer(context, server));
        using var connection = new KubeConnection(api.Options() with { Token = token });
        return (await new KubeApi(connection).GetIdentityAsync(Cancel), [.. api.Requests.Select(request => $"{request.Method} {request.Target}")]);
    }

    static Task Answer(HttpContext context, Func<string, (int Code, string Body)> server) =>
        server(context.Request.Path.Value!) is var (code, body) ? TestApi.Json(context, body, code) : Task.CompletedTask;

    static (int, string) Status(int code, string reason, string message) =>
        (code, JsonSerializer.Serialize(new { kind = "Status", apiVersion = "v1", status = "Failure", reason, message, code }));

    [Fact]
    public async Task A_server_that_tells_is_asked_once()
    {
        var (identity, asked) = await AskAsync(_ => (201, Who));
        Assert.Equal(("jane", "7", true), (identity.UserName, identity.Uid, identity.IsConfirmed));
        Assert.Equal(["a", "system:authenticated"], identity.Groups);
        Assert.Equal(["POST /apis/authentication.k8s.io/v1/selfsubjectreviews"], asked);
    }

    [Fact]
    public async Task One_of_1_26_and_1_27_is_asked_in_its_own_version()
    {
        var (identity, asked) = await AskAsync(path => path.Contains("/v1/", StringComparison.Ordinal) ? Status(404, "NotFound", "the server could not find the requested resource") : (201, Who));
        Assert.Equal("jane", identity.UserName);
        Assert.Equal(2, asked.Length);
    }

    [Fact]
    public async Task An_old_one_names_whom_it_refuses()
    {
        var (identity, asked) = await AskAsync(_ => Status(403, "Forbidden", "selfsubjectreviews.authentication.k8s.io is forbidden: User \"system:serviceaccount:shop:reader\" cannot create resource \"selfsubjectreviews\" in API group \"authentication.k8s.io\" at the cluster scope"));
        Assert.Equal(("system:serviceaccount:shop:reader", true), (identity.UserName, identity.IsConfirmed));
        Assert.Single(asked);
    }

    [Fact]
    public async Task An_old_one_that_knows_no_such_review_has_to_accept_the_credential_first()
    {
        var token = $"e30.{System.Buffers.Text.Base64Url.EncodeToString("{\"sub\":\"system:serviceaccount:shop:reader\"}"u8)}.x";
        var (identity, asked) = await AskAsync(path => path.Contains("selfsubjectreviews", StringComparison.Ordinal) ? Status(404, "NotFound", "no") : (201, No), token);
        Assert.Equal(("system:serviceaccount:shop:reader", false), (identity.UserName, identity.IsConfirmed));
        Assert.Equal(["system:serviceaccounts", "system:serviceaccounts:shop"], identity.Groups);
        Assert.EndsWith("selfsubjectaccessreviews", asked[^1], StringComparison.Ordinal);

        var refused = await Assert.ThrowsAsync<KubeOperationException>(() => AskAsync(path => path.Contains("selfsubjectreviews", StringComparison.Ordinal) ? Status(404, "NotFound", "no") : Status(401, "Unauthorized", "Unauthorized"), token));
        Assert.Equal(401, refused.Status.Code);
    }

    public static TheoryData<string, string?> Tokens => new()
    {
        { "opaque", null },
        { $"e30.{System.Buffers.Text.Base64Url.EncodeToString("{\"sub\":\"jane@example.com\"}"u8)}.x", null },
        { $"e30.{System.Buffers.Text.Base64Url.EncodeToString("{\"sub\":5}"u8)}.x", null },
        { $"e30.{System.Buffers.Text.Base64Url.EncodeToString("{\"sub\":\"system:serviceaccount:a\"}"u8)}.x", null },
        { $"e30.{System.Buffers.Text.Base64Url.EncodeToString("{\"sub\":\"system:serviceaccount:a:b\"}"u8)}.x", "system:serviceaccount:a:b" },
    };

    [Theory, MemberData(nameof(Tokens))]
    public void Of_a_token_only_a_service_accounts_name_is_sure(string token, string? user) =>
        Assert.Equal(user, IdentityGuess.Of(new Credential { Authorization = new AuthenticationHeaderValue("Bearer", token) }, null).UserName);

    [Fact]
    public void Of_other_credentials()
    {
        Assert.Equal("jane", IdentityGuess.Of(new Credential { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("jane:a:b"u8)) }, null).UserName);
        Assert.Equal("system:anonymous", IdentityGuess.Of(Credential.None, null).UserName);
        Assert.Equal("boss", IdentityGuess.Of(Credential.None, new KubeImpersonation("boss") { Groups = ["g"] }).UserName);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("O=devs, O=\"a, b\", CN=jane", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
        var identity = IdentityGuess.Of(new Credential { Certificate = certificate }, null);
        Assert.Equal("jane", identity.UserName);
        Assert.Equal(["a, b", "devs"], identity.Groups.Order());
    }

    [Theory]
    [InlineData("something else is wrong")]
    [InlineData("forbidden: User \"jane\" cannot get path \"/\"")]
    public void Not_every_refusal_names_somebody(string message) => Assert.Null(IdentityGuess.FromRefusal(message));

    [Theory]
    [InlineData(Yes, true)]
    [InlineData(No, false)]
    [InlineData("{}", false)]
    public async Task Access_is_asked_for_exactly(string answer, bool allowed)
    {
        var body = "";
        await using var api = await TestApi.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
            body = await reader.ReadToEndAsync(Cancel);
            await TestApi.Json(context, answer, 201);
        });
        using var connection = new KubeConnection(api.Options());
        Assert.Equal(allowed, await new KubeApi(connection).ReviewAccessAsync(new KubeAccess("create", "pods") { Subresource = "exec", Namespace = "shop" }, Cancel));
        Assert.Equal("""{"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview","spec":{"resourceAttributes":{"verb":"create","group":"","resource":"pods","subresource":"exec","namespace":"shop"}}}""", body);
    }

    [Fact]
    public async Task What_is_no_review_is_no_Kubernetes()
    {
        await using var api = await TestApi.StartAsync(context => TestApi.Json(context, "[1]"));
        using var connection = new KubeConnection(api.Options());
        Assert.Equal(KubeConnectionFault.NotKubernetes, (await Assert.ThrowsAsync<KubeConnectionException>(() => new KubeApi(connection).GetIdentityAsync(Cancel))).Fault);
    }
}
