using System.Text;

namespace Kube.Registry.Tests.Config;

public class DockerConfigTests
{
    static DockerConfig Parse(string json, DockerConfigFormat format = DockerConfigFormat.ConfigJson) => DockerConfig.Parse(Encoding.UTF8.GetBytes(json), "file", format);

    static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    static string Entry(string fields) => $$$$"""{"auths":{"ghcr.io":{{{{fields}}}}}}""";

    [Theory]
    [InlineData("me:pw", "me", "pw")]
    [InlineData("me:p:w:", "me", "p:w:")]
    [InlineData("me:", "me", "")]
    [InlineData("me:p/w+ \"é🐳", "me", "p/w+ \"é🐳")]
    [InlineData(":pw", "", "pw")]
    [InlineData("me:pw\0\0", "me", "pw")]
    public void Auth_is_user_and_password_split_at_the_first_colon(string pair, string user, string password)
    {
        foreach (var text in new[] { Base64(pair), Base64(pair).TrimEnd('='), Base64(pair) + "\\n", string.Join("\\r\\n", Base64(pair).Chunk(4).Select(chunk => new string(chunk))) })
        {
            var credential = Assert.Single(Parse(Entry($$"""{"auth":"{{text}}"}""")).Credentials);
            Assert.Equal((user, password), (credential.UserName, credential.Password));
        }
    }

    [Fact]
    public void Auth_wins_over_user_and_password()
    {
        var credential = Assert.Single(Parse(Entry($$"""{"username":"other","password":"other","auth":"{{Base64("me:pw")}}"}""")).Credentials);
        Assert.Equal(("me", "pw"), (credential.UserName, credential.Password));
    }

    [Fact]
    public void User_and_password_do_without_auth()
    {
        var credential = Assert.Single(Parse(Entry("""{"username":"me","password":"p:w","email":"me@example.com","auth":""}""")).Credentials);
        Assert.Equal(("me", "p:w", "file"), (credential.UserName, credential.Password, credential.Source));
    }

    [Fact]
    public void An_identity_token_is_read_with_and_without_its_user()
    {
        var credential = Assert.Single(Parse(Entry($$"""{"auth":"{{Base64("me:")}}","identitytoken":"token"}""")).Credentials);
        Assert.Equal(("me", "", "token"), (credential.UserName, credential.Password, credential.IdentityToken));
        Assert.Equal("token", Assert.Single(Parse(Entry("""{"identitytoken":"token"}""")).Credentials).IdentityToken);
        Assert.Equal("bearer", Assert.Single(Parse(Entry("""{"registrytoken":"bearer"}""")).Credentials).RegistryToken);
    }

    [Theory]
    [InlineData("""{"auth":"hunter2%"}""", "its 'auth' is not base64")]
    [InlineData("""{"auth":"hunter2-_"}""", "its 'auth' is not base64")]
    [InlineData("""{"auth":"aHVudGVyMg=="}""", "its 'auth' is not user:password in base64")]
    [InlineData("""{"auth":"/zr/"}""", "its 'auth' is not UTF-8 text in base64")]
    [InlineData("""{"auth":"a"}""", "its 'auth' is not base64")]
    [InlineData("""{"auth":5}""", "'auth' should be a string, found a number")]
    [InlineData("""{"username":"me","password":["hunter2"]}""", "'password' should be a string, found an array")]
    [InlineData("\"hunter2\"", "expected an object, found a string")]
    [InlineData("true", "expected an object, found a boolean")]
    public void A_bad_entry_is_a_warning_that_names_file_and_registry_and_never_the_content(string entry, string reason)
    {
        var config = Parse($$$$"""{"auths":{"ghcr.io":{{{{entry}}}},"quay.io":{"auth":"{{{{Base64("me:pw")}}}}"}}}""");

        Assert.Equal("quay.io", Assert.Single(config.Credentials).Registry);
        Assert.Equal($"file: the entry for 'ghcr.io' is ignored: {reason}", Assert.Single(config.Warnings));
    }

    [Fact]
    public void A_name_that_is_no_registry_is_a_warning_without_its_user_info()
    {
        var config = Parse($$$$"""{"auths":{"https://me:hunter2@ghcr.io":{"auth":"{{{{Base64("me:pw")}}}}"}}}""");

        Assert.Empty(config.Credentials);
        Assert.Equal("file: the entry for 'ghcr.io' is ignored: its name is no registry", Assert.Single(config.Warnings));
    }

    [Fact]
    public void An_empty_entry_is_a_note_and_no_credential()
    {
        var config = Parse("""{"auths":{"ghcr.io":{},"quay.io":{"auth":""},"gcr.io":null,"docker.io":{"email":"me@example.com"}}}""");

        Assert.Empty(config.Credentials);
        Assert.Empty(config.Warnings);
        Assert.Equal(["ghcr.io", "quay.io", "gcr.io", "docker.io"], config.StoredRegistries);
    }

    [Fact]
    public void The_last_of_two_entries_of_one_name_counts()
    {
        var config = Parse($$$$"""{"auths":{"ghcr.io":{"auth":"{{{{Base64("a:a")}}}}"},"ghcr.io":{"auth":"{{{{Base64("b:b")}}}}"}}}""");

        Assert.Equal("b", Assert.Single(config.Credentials).UserName);
    }

    [Fact]
    public void A_byte_order_mark_and_any_case_of_field_names_are_taken()
    {
        var json = """{"Auths":{"ghcr.io":{"Auth":"bWU6cHc="}},"CREDSSTORE":"pass","credhelpers":{"gcr.io":"gcloud"}}""";
        var config = DockerConfig.Parse([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(json)], "file");

        Assert.Equal("me", Assert.Single(config.Credentials).UserName);
        Assert.Equal("pass", config.CredentialsStore);
        Assert.Equal("gcloud", config.CredentialHelpers["gcr.io"]);
    }

    [Fact]
    public void Dockercfg_has_the_entries_at_its_root()
    {
        var config = Parse("""{"https://index.docker.io/v1/":{"auth":"bWU6cHc=","email":"x"},"credsStore":{"auth":"bWU6cHc="}}""", DockerConfigFormat.Dockercfg);

        Assert.Equal(["https://index.docker.io/v1/", "credsStore"], config.Credentials.Select(credential => credential.Registry));
        Assert.Null(config.CredentialsStore);
    }

    [Theory]
    [InlineData("", "file: not valid JSON at line 1, column 1")]
    [InlineData("{\n  \"auths\": hunter2\n}", "file: not valid JSON at line 2, column 12")]
    [InlineData("{\"auths\":{\"ghcr.io\":{\"auth\":\"hunter2}}}", "file: not valid JSON at line 1, column")]
    [InlineData("{} {}", "file: not valid JSON at line 1, column")]
    [InlineData("{\"auths\":{},}", "file: not valid JSON at line 1, column 13")]
    [InlineData("[\"hunter2\"]", "file: expected a JSON object, found an array")]
    [InlineData("\"hunter2\"", "file: expected a JSON object, found a string")]
    [InlineData("null", "file: expected a JSON object, found null")]
    [InlineData("{\"auths\":{\"ghcr.io\":{\"auth\":\"\\ud800\"}}}", "file: holds a string that is not valid UTF-8")]
    public void Text_that_is_no_object_is_refused_by_place_alone(string json, string expected)
    {
        var error = Assert.Throws<FormatException>(() => Parse(json));

        Assert.StartsWith(expected, error.Message);
        Assert.DoesNotContain("hunter2", error.ToString());
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_refused()
    {
        Assert.Throws<FormatException>(() => DockerConfig.Parse([.. "{\"auths\":{\"ghcr.io\":{\"auth\":\""u8, 0xFF, .. "\"}}}"u8], "file"));
        Assert.Throws<FormatException>(() => DockerConfig.Parse(Encoding.Unicode.GetBytes("{}"), "file"));
    }

    [Theory]
    [InlineData("""{"auths":[]}""", "file: 'auths' should be an object, found an array")]
    [InlineData("""{"credHelpers":"x"}""", "file: 'credHelpers' should be an object, found a string")]
    [InlineData("""{"credsStore":{}}""", "file: 'credsStore' should be a string, found an object")]
    [InlineData("""{"credHelpers":{"gcr.io":7}}""", "file: the credential helper for 'gcr.io' is ignored: expected a registry and the name of a helper")]
    public void Fields_of_the_wrong_kind_are_warnings(string json, string expected) => Assert.Equal(expected, Assert.Single(Parse(json).Warnings));

    [Theory]
    [InlineData("ghcr.io", "store")]
    [InlineData("gcr.io", "gcloud")]
    [InlineData("GCR.io", "gcloud")]
    [InlineData("eu.gcr.io", "eu")]
    [InlineData("us.gcr.io", "any")]
    [InlineData("docker.io", "hub")]
    [InlineData("plain.example.com", null)]
    public void The_registrys_own_helper_comes_before_the_store(string registry, string? expected)
    {
        var config = Parse("""{"credsStore":"store","credHelpers":{"https://gcr.io":"gcloud","*.gcr.io":"any","eu.gcr.io":"eu","index.docker.io":"hub","plain.example.com":""}}""");

        Assert.True(RegistryKey.TryParse(registry, out var key));
        Assert.Equal(expected, config.HelperFor(key));
    }
}
