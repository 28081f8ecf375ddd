using System.Text;

namespace Kube.Registry.Tests;

public class PullSecretTests
{
    const string Auth = "bWU6cHc="; // me:pw
    static readonly PullSecretReference Reference = new("team", "pull", "uid-1");

    static PullSecret Parse(string? type, string key, string document) =>
        PullSecret.Parse(Reference, type, new Dictionary<string, ReadOnlyMemory<byte>> { [key] = Encoding.UTF8.GetBytes(document) });

    [Theory]
    [InlineData("kubernetes.io/dockerconfigjson", ".dockerconfigjson", """{"auths":{"ghcr.io":{"auth":"bWU6cHc="}}}""")]
    [InlineData("kubernetes.io/dockercfg", ".dockercfg", """{"ghcr.io":{"auth":"bWU6cHc=","email":"me@example.com"}}""")]
    public void Reads_both_kinds(string type, string key, string document)
    {
        var credential = Assert.Single(Parse(type, key, document).Credentials);

        Assert.Equal(("ghcr.io", "me", "pw", "team/pull", Reference), (credential.Registry, credential.UserName, credential.Password, credential.Source, credential.Secret));
    }

    [Theory]
    [InlineData("kubernetes.io/dockerconfigjson", ".dockercfg", """{"ghcr.io":{"auth":"bWU6cHc="}}""")]
    [InlineData("kubernetes.io/dockercfg", ".dockerconfigjson", """{"auths":{"ghcr.io":{"auth":"bWU6cHc="}}}""")]
    [InlineData("Opaque", ".dockerconfigjson", """{"auths":{"ghcr.io":{"auth":"bWU6cHc="}}}""")]
    [InlineData(null, ".dockerconfigjson", """{"auths":{"ghcr.io":{"auth":"bWU6cHc="}}}""")]
    [InlineData("kubernetes.io/dockerconfigjson", ".dockerconfigjson", "")]
    [InlineData("kubernetes.io/dockerconfigjson", ".dockerconfigjson", "{}")]
    public void Another_pair_of_type_and_key_holds_nothing(string? type, string key, string document)
    {
        var secret = Parse(type, key, document);

        Assert.Empty(secret.Credentials);
        Assert.Empty(secret.Warnings);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"auths":{"ghcr.io":{"auth":"hunter2!"}}}""")]
    [InlineData("""{"auths":{"ghcr.io":{"auth":"aHVudGVyMg=="}}}""")]
    [InlineData("""{"auths":"hunter2"}""")]
    public void A_malformed_one_is_an_error_that_names_it_and_not_its_content(string document)
    {
        var error = Assert.Throws<FormatException>(() => Parse("kubernetes.io/dockerconfigjson", ".dockerconfigjson", document));

        Assert.Contains("team/pull", error.ToString());
        Assert.DoesNotContain("hunter2", error.ToString());
        Assert.DoesNotContain("aHVudGVyMg", error.ToString());
    }

    [Fact]
    public void A_bad_entry_does_not_hide_a_good_one()
    {
        var secret = Parse("kubernetes.io/dockerconfigjson", ".dockerconfigjson", $$$$"""{"auths":{"quay.io":{"auth":"%%%"},"ghcr.io":{"auth":"{{{{Auth}}}}"}}}""");

        Assert.Equal("ghcr.io", Assert.Single(secret.Credentials).Registry);
        Assert.Contains("quay.io", Assert.Single(secret.Warnings));
    }
}
