using Kube.Server.Proxy;

namespace Kube.Server.Tests.Proxy;

public class RequestRulesTests
{
    [Theory]
    [InlineData("GET", "/api/v1/pods", "localhost", null)]
    [InlineData("DELETE", "/api/v1/namespaces/a/pods/b", "127.0.0.1", null)]
    [InlineData("GET", "/api/v1/namespaces/a/pods/b/portforward", "[::1]", null)]
    [InlineData("GET", "/", "LOCALHOST", null)]
    [InlineData("GET", "/api/v1/namespaces/a/pods/b/exec", "localhost", "rejects the path")]
    [InlineData("POST", "/api/v1/namespaces/a/pods/b/attach", "localhost", "rejects the path")]
    [InlineData("GET", "/api/v1/namespaces/a\n/pods/b/exec", "localhost", "rejects the path")]
    [InlineData("GET", "/api", "evil.example", "does not accept the host \"evil.example\"")]
    [InlineData("GET", "/api", "127.0.0.1.evil.example", "does not accept the host")]
    [InlineData("GET", "/api", "", "does not accept the host")]
    public void By_default_as_kubectl(string method, string path, string host, string? refusal) =>
        Check(refusal, new RequestRules().Refuse(new ProxiedRequest(method, path, host)));

    [Theory]
    [InlineData("GET", "/api/v1/pods", null)]
    [InlineData("GET", "/apis/apps/v1", "does not accept the path")]
    [InlineData("GET", "/api/v1/secrets", "rejects the path")]
    [InlineData("DELETE", "/api/v1/pods", "rejects the method")]
    public void By_lists_of_ones_own(string method, string path, string? refusal) => Check(refusal, new RequestRules
    {
        AcceptPaths = [RequestRules.Pattern("^/api/")],
        RejectPaths = [RequestRules.Pattern("/secrets")],
        RejectMethods = [RequestRules.Pattern("^DELETE$")],
    }.Refuse(new ProxiedRequest(method, path, "localhost")));

    [Theory]
    [InlineData("GET", "/api/v1/pods", false, false, null)]
    [InlineData("HEAD", "/healthz", false, false, null)]
    [InlineData("GET", "/api/v1/pods", true, true, null)]
    [InlineData("GET", "/apis/console.example/v1/namespaces/a/machines/b/console", true, false, "no streams but watches")]
    [InlineData("POST", "/api/v1/namespaces/a/pods", false, false, "does not pass POST on")]
    [InlineData("PATCH", "/api/v1/namespaces/a/pods/b", false, false, "does not pass PATCH on")]
    [InlineData("GET", "/api/v1/namespaces/a/pods/b/portforward", true, true, "no way into")]
    [InlineData("GET", "/api/v1/namespaces/a/services/b/proxy/delete", false, false, "no way into")]
    [InlineData("GET", "/api/v1/nodes/n/proxy", false, false, "no way into")]
    [InlineData("GET", "/api/v1/nodes/n//proxy/run", false, false, "no way into")]
    [InlineData("GET", "/api/v1/namespaces/proxy/pods", false, false, null)]
    [InlineData("GET", "/api/v1/namespaces/a/pods/b/log", false, false, null)]
    public void Read_only(string method, string path, bool isUpgrade, bool isWatch, string? refusal) =>
        Check(refusal, new RequestRules { IsReadOnly = true }.Refuse(new ProxiedRequest(method, path, "localhost") { IsUpgrade = isUpgrade, IsWatch = isWatch }));

    [Fact]
    public void Nobody_acts_as_others_unless_that_is_allowed()
    {
        var request = new ProxiedRequest("GET", "/api", "localhost") { Impersonates = true };
        Check("act as others", new RequestRules().Refuse(request));
        Check(null, new RequestRules { AllowImpersonation = true }.Refuse(request));
    }

    static void Check(string? expected, string? refusal)
    {
        if (expected is null) Assert.Null(refusal);
        else Assert.Contains(expected, refusal);
    }
}
