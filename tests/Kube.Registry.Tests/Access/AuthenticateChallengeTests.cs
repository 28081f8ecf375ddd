using System.Net.Http.Headers;

namespace Kube.Registry.Tests.Access;

public class AuthenticateChallengeTests
{
    [Theory]
    [InlineData("Basic realm=\"Registry Realm\"", "Basic", "Registry Realm", null, null)]
    [InlineData("Bearer realm=\"https://auth.docker.io/token\",service=\"registry.docker.io\",scope=\"repository:library/nginx:pull,push\"", "Bearer", "https://auth.docker.io/token", "registry.docker.io", "repository:library/nginx:pull,push")]
    [InlineData("bearer REALM = \"https://x/t\" , Service=svc", "bearer", "https://x/t", "svc", null)]
    [InlineData("Bearer realm=\"a \\\"quoted\\\" \\\\ realm\"", "Bearer", "a \"quoted\" \\ realm", null, null)]
    [InlineData("Basic", "Basic", null, null, null)]
    public void Reads_scheme_and_parameters(string header, string scheme, string? realm, string? service, string? scope) =>
        Assert.Equal(new AuthenticateChallenge(scheme, realm, service, scope), AuthenticateChallenge.Choose([AuthenticationHeaderValue.Parse(header)]));

    [Fact]
    public void Takes_bearer_before_basic_and_nothing_else()
    {
        var digest = AuthenticationHeaderValue.Parse("Digest realm=\"d\"");
        var basic = AuthenticationHeaderValue.Parse("Basic realm=\"b\"");
        var bearer = AuthenticationHeaderValue.Parse("Bearer realm=\"https://t\"");

        Assert.True(AuthenticateChallenge.Choose([digest, basic, bearer])!.IsBearer);
        Assert.True(AuthenticateChallenge.Choose([digest, basic])!.IsBasic);
        Assert.Null(AuthenticateChallenge.Choose([digest]));
        Assert.Null(AuthenticateChallenge.Choose([]));
    }
}
