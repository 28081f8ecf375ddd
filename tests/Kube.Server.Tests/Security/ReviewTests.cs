using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Kube.Server.Tests.Hosting;

namespace Kube.Server.Tests.Security;

/// <summary>What others ask the server about tokens and rights: whose is it, and what may they do.</summary>
public class ReviewTests(ReviewTests.Fixture fixture) : IClassFixture<ReviewTests.Fixture>
{
    const string Tokens = "/apis/authentication.k8s.io/v1/tokenreviews";
    const string Issuer = "https://kubernetes.default.svc.cluster.local";

    public sealed class Fixture() : ServerFixture("--agent", "none");

    [Theory]
    [InlineData("v1", "", Issuer)]
    [InlineData("v1beta1", "", Issuer)]
    [InlineData("v1", "vault", null)]
    [InlineData("v1", "vault," + Issuer, Issuer)]
    public async Task A_token_is_told_whose_it_is_and_for_whom(string version, string audiences, string? good)
    {
        using var http = Administrator();
        var spec = new JsonObject { ["token"] = fixture.Server.Options().Token, ["audiences"] = new JsonArray([.. audiences.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(a => (JsonNode)a)]) };
        var answer = await AskAsync(http, $"/apis/authentication.k8s.io/{version}/tokenreviews", $"authentication.k8s.io/{version}", "TokenReview", spec.ToJsonString(), 201);
        Assert.Equal($"authentication.k8s.io/{version}", answer["apiVersion"]!.ToString());
        Assert.Equal(
            good is null ? """{"user":{},"error":"invalid bearer token"}""" : $$$"""{"authenticated":true,"user":{"username":"kubernetes-admin","groups":["system:masters","system:authenticated"]},"audiences":["{{{good}}}"]}""",
            answer["status"]!.ToJsonString());
    }

    [Fact]
    public async Task A_service_account_s_token_for_others_is_known_to_those_alone()
    {
        using var http = Administrator();
        var issued = await AskAsync(http, "/api/v1/namespaces/default/serviceaccounts/default/token", "authentication.k8s.io/v1", "TokenRequest", """{"audiences":["vault"]}""", 201);
        var token = issued["status"]!["token"]!.ToString();
        var forVault = (await AskAsync(http, Tokens, "authentication.k8s.io/v1", "TokenReview", $$"""{"token":"{{token}}","audiences":["vault","bank"]}""", 201))["status"]!;
        Assert.Equal("system:serviceaccount:default:default", forVault["user"]!["username"]!.ToString());
        Assert.Equal("""["vault"]""", forVault["audiences"]!.ToJsonString());
        Assert.Null((await AskAsync(http, Tokens, "authentication.k8s.io/v1", "TokenReview", $$"""{"token":"{{token}}"}""", 201))["status"]!["authenticated"]);
        using var bearer = fixture.Server.Http(token);
        Assert.Equal(HttpStatusCode.Unauthorized, (await bearer.GetAsync("/api")).StatusCode);
    }

    [Fact]
    public async Task A_review_of_no_token_is_refused_and_so_is_whoever_may_not_ask()
    {
        using var http = Administrator();
        Assert.Equal("token is required for TokenReview in authentication", (await AskAsync(http, Tokens, "authentication.k8s.io/v1", "TokenReview", "{}", 400))["message"]!.ToString());
        http.DefaultRequestHeaders.Add("Impersonate-User", "system:serviceaccount:default:default");
        await AskAsync(http, Tokens, "authentication.k8s.io/v1", "TokenReview", """{"token":"x"}""", 403);
    }

    [Theory]
    [InlineData("""{"user":"system:serviceaccount:default:default","groups":["system:serviceaccounts","system:authenticated"],"resourceAttributes":{"verb":"list","resource":"pods"}}""", false)]
    [InlineData("""{"user":"system:serviceaccount:default:default","groups":["system:serviceaccounts","system:authenticated"],"nonResourceAttributes":{"verb":"get","path":"/api"}}""", true)]
    [InlineData("""{"user":"jane","resourceAttributes":{"verb":"delete","resource":"nodes"}}""", true)]
    [InlineData("""{"groups":["system:masters"],"resourceAttributes":{"verb":"delete","resource":"nodes"}}""", true)]
    public async Task What_somebody_may_do_is_told_as_the_server_would_judge(string spec, bool allowed)
    {
        using var http = Administrator();
        var answer = await AskAsync(http, "/apis/authorization.k8s.io/v1/subjectaccessreviews", "authorization.k8s.io/v1", "SubjectAccessReview", spec, 201);
        Assert.Equal(allowed, answer["status"]!["allowed"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("subjectaccessreviews", "SubjectAccessReview", """{"resourceAttributes":{"verb":"list","resource":"pods"}}""", "spec.user: Invalid value: \"\": at least one of user or group must be specified")]
    [InlineData("subjectaccessreviews", "SubjectAccessReview", """{"user":"jane"}""", "spec.resourceAttributes: Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified")]
    [InlineData("namespaces/default/localsubjectaccessreviews", "LocalSubjectAccessReview", """{"user":"jane","resourceAttributes":{"namespace":"other","verb":"list","resource":"pods"}}""", "spec.resourceAttributes.namespace: Invalid value: \"other\": must match metadata.namespace")]
    public async Task A_question_that_is_none_is_refused_by_its_field(string resource, string kind, string spec, string fault)
    {
        using var http = Administrator();
        var status = await AskAsync(http, "/apis/authorization.k8s.io/v1/" + resource, "authorization.k8s.io/v1", kind, spec, 422);
        Assert.Equal([fault], status["details"]!["causes"]!.AsArray().Select(c => $"{c!["field"]}: {c["message"]}"));
    }

    [Fact]
    public async Task Within_a_namespace_the_question_is_of_that_namespace()
    {
        using var http = Administrator();
        var answer = await AskAsync(http, "/apis/authorization.k8s.io/v1/namespaces/default/localsubjectaccessreviews", "authorization.k8s.io/v1", "LocalSubjectAccessReview",
            """{"user":"jane","resourceAttributes":{"namespace":"default","verb":"list","resource":"pods"}}""", 201);
        Assert.True(answer["status"]!["allowed"]!.GetValue<bool>());
    }

    HttpClient Administrator() => fixture.Server.Http(fixture.Server.Options().Token);

    static async Task<JsonNode> AskAsync(HttpClient http, string path, string apiVersion, string kind, string spec, int code)
    {
        using var answer = await http.PostAsync(path, new StringContent($$"""{"kind":"{{kind}}","apiVersion":"{{apiVersion}}","spec":{{spec}}}""", Encoding.UTF8, "application/json"));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(code == (int)answer.StatusCode, text);
        return JsonNode.Parse(text)!;
    }
}
