using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kube.Registry.Tests;

public class RegistryCredentialTests
{
    static readonly RegistryCredential Everything = new("ghcr.io", "me", "~/.docker/config.json")
    {
        Password = "hunter2", IdentityToken = "identity-hunter3", RegistryToken = "bearer-hunter4", Secret = new PullSecretReference("ns", "name", "uid"),
    };

    [Fact]
    public void Shows_no_secret_as_text_or_JSON()
    {
        string[] texts =
        [
            Everything.ToString(), $"{Everything}", JsonSerializer.Serialize(Everything), new KeyringMatch(Everything, "ghcr.io").ToString(),
            JsonSerializer.Serialize(new KeyringMatch(Everything, "ghcr.io")), new CredentialWrite(Everything, true, []).ToString(), new ConfiguredCredential(Everything).ToString(),
            JsonSerializer.Serialize(new ConfiguredCredential(Everything)), new PullSecret([Everything], []).ToString(),
        ];

        Assert.All(texts, text => Assert.DoesNotContain("hunter", text));
        Assert.Equal("me at ghcr.io (from ~/.docker/config.json)", Everything.ToString());
    }

    [Theory]
    [InlineData("ghcr.io/team", "ghcr.io/team/app", "ghcr.io")]
    [InlineData("*.example.com", "reg.example.com/app", "reg.example.com")]
    [InlineData("docker.io", "nginx", "https://index.docker.io/v1/")]
    [InlineData("https://localhost:5000/v2/", "localhost:5000/app", "localhost:5000")]
    public void Header_holds_user_password_and_the_images_server(string registry, string image, string server)
    {
        var header = Decode(new RegistryCredential(registry, "me", "") { Password = "a:b/c+d\"é" }.ToRegistryAuth(ImageReference.Parse(image)));

        Assert.Equal(("me", "a:b/c+d\"é", server), ((string?)header["username"], (string?)header["password"], (string?)header["serveraddress"]));
        Assert.Equal(3, header.Count);
    }

    [Fact]
    public void Header_holds_a_token_instead_of_the_password()
    {
        var identity = Decode(Everything.ToRegistryAuth(ImageReference.Parse("ghcr.io/app")));
        Assert.Equal("identity-hunter3", (string?)identity["identitytoken"]);
        Assert.Equal(["identitytoken", "serveraddress"], identity.Select(field => field.Key).Order());

        var bearer = Decode((Everything with { IdentityToken = null }).ToRegistryAuth(ImageReference.Parse("ghcr.io/app")));
        Assert.Equal("bearer-hunter4", (string?)bearer["registrytoken"]);
        Assert.Equal(["registrytoken", "serveraddress"], bearer.Select(field => field.Key).Order());
    }

    [Fact]
    public void Header_is_base64url_with_padding()
    {
        var headers = Enumerable.Range(0, 40).Select(i => new RegistryCredential("ghcr.io", "me", "") { Password = new string('?', i) + "~>ÿ" }.ToRegistryAuth(ImageReference.Parse("ghcr.io/app"))).ToList();

        Assert.All(headers, header => Assert.Equal(0, header.Length % 4));
        Assert.All(headers, header => Assert.Matches("^[A-Za-z0-9_-]*={0,2}$", header));
        Assert.Contains(headers, header => header.EndsWith('='));
    }

    static JsonObject Decode(string header) => JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(header.Replace('-', '+').Replace('_', '/'))))!.AsObject();
}
