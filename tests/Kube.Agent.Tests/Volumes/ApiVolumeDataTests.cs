using System.Text;
using Kube.Agent.Volumes;
using Answer = Kube.Agent.Tests.ScriptedServer.Answer;

namespace Kube.Agent.Tests.Volumes;

public class ApiVolumeDataTests
{
    static readonly CancellationToken None = CancellationToken.None;

    static ApiVolumeData Open(ScriptedServer server) => new(new KubeApi(new KubeConnection(new KubeConnectionOptions { Server = new Uri($"http://127.0.0.1:{server.Port}"), Name = "test" })));

    static string NotFound(string name) => $$"""{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"NotFound","code":404,"message":"\"{{name}}\" not found"}""";

    [Fact]
    public async Task Keys_are_read_from_data_and_binary_data()
    {
        await using var server = new ScriptedServer((line, _) =>
            line.Contains("/namespaces/shop/configmaps/c ") ? new Answer("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"},"data":{"a":"ü"},"binaryData":{"b":"AP8="}}""")
            : line.Contains("/namespaces/shop/configmaps/empty ") ? new Answer("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"empty"}}""")
            : line.Contains("/namespaces/shop/secrets/s ") ? new Answer("""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"},"data":{"k":"AP8="}}""")
            : new Answer(NotFound("x"), 404));
        var data = Open(server);
        var keys = (await data.GetConfigMapAsync("shop", "c", None))!;
        Assert.Equal(["a", "b"], keys.Keys.Order());
        Assert.Equal("ü", Encoding.UTF8.GetString(keys["a"].Span));
        Assert.Equal(new byte[] { 0, 255 }, keys["b"].ToArray());
        Assert.Empty((await data.GetConfigMapAsync("shop", "empty", None))!);
        Assert.Equal(new byte[] { 0, 255 }, (await data.GetSecretAsync("shop", "s", None))!["k"].ToArray());
        Assert.Null(await data.GetConfigMapAsync("shop", "none", None));
        Assert.Null(await data.GetSecretAsync("shop", "none", None));
    }

    [Fact]
    public async Task A_refusal_is_no_absence()
    {
        await using var server = new ScriptedServer((_, _) => new Answer("""{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"Forbidden","code":403,"message":"not for you"}""", 403));
        Assert.Equal("not for you", (await Assert.ThrowsAsync<KubeOperationException>(() => Open(server).GetSecretAsync("shop", "s", None))).Message);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(""","automountServiceAccountToken":true""", true)]
    [InlineData(""","automountServiceAccountToken":false""", false)]
    public async Task A_service_account_says_whether_its_token_is_for_all(string more, bool expected)
    {
        await using var server = new ScriptedServer((line, _) =>
            line.Contains("/serviceaccounts/robot ") ? new Answer("""{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"robot"}MORE}""".Replace("MORE", more)) : new Answer(NotFound("x"), 404));
        Assert.Equal(expected, await Open(server).AutomountsAsync("shop", "robot", None));
        Assert.False(await Open(server).AutomountsAsync("shop", "none", None));
    }

    [Fact]
    public async Task A_token_is_asked_for_and_bound_to_its_pod()
    {
        var request = "";
        await using var server = new ScriptedServer((_, all) =>
        {
            request = all;
            return new Answer("""{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","metadata":{"name":"robot"},"spec":{"audiences":["a"]},"status":{"token":"abc.def","expirationTimestamp":"2026-11-23T08:00:00Z"}}""", 201);
        });
        var token = await Open(server).RequestTokenAsync(new TokenRequest("shop", "robot", "web", "u-1", "a", 600), None);
        Assert.Equal("abc.def", Encoding.ASCII.GetString(token.ToBytes()));
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero), token.ExpiresAt);
        Assert.DoesNotContain("abc", token.ToString());
        Assert.StartsWith("POST /api/v1/namespaces/shop/serviceaccounts/robot/token", request);
        Assert.Contains("""{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{"expirationSeconds":600,"boundObjectRef":{"apiVersion":"v1","kind":"Pod","name":"web","uid":"u-1"},"audiences":["a"]}}""", request);
    }
}
