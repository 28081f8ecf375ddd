using Kube.Registry.Tests.Config;
using Kube.Registry.Tests.CredentialHelpers;

namespace Kube.Registry.Tests;

[Collection(HelperFolder.Collection)]
public sealed class DockerCredentialsTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly HelperFolder _helpers = new();
    string? _environment;

    public void Dispose()
    {
        _folder.Dispose();
        _helpers.Dispose();
    }

    string ConfigPath => _folder.At("config.json");

    DockerCredentials Credentials() => new(new DockerConfigLocations { Preferred = _folder.Path }) { HelperSearchPath = _helpers.Path, AuthConfig = () => _environment, HelperTimeout = TimeSpan.FromSeconds(20) };

    void Configure(string json) => _folder.Write("config.json", json);

    static PullSecret Secret(string name, params RegistryCredential[] credentials) =>
        new([.. credentials.Select(credential => credential with { Source = "ns/" + name, Secret = new PullSecretReference("ns", name, name + "-uid") })], []);

    static RegistryCredential Credential(string registry, string user) => new(registry, user, "") { Password = user + "-pw" };

    static async Task<string[]> UsersAsync(DockerCredentials credentials, string image, params PullSecret[] secrets) =>
        [.. (await credentials.FindAsync(ImageReference.Parse(image), secrets)).Matches.Select(match => match.Credential.UserName)];

    const string FileEntries = """ "auths":{"ghcr.io":{"username":"file","password":"x"},"ghcr.io/team":{"username":"team","password":"x"}} """;

    [Fact]
    public async Task Pod_secrets_come_first_then_the_environment_the_helper_and_the_file()
    {
        _helpers.Add("own", "echo '{\"Username\":\"helper\",\"Secret\":\"x\"}'");
        _helpers.Add("store", "echo '{\"Username\":\"store\",\"Secret\":\"x\"}'");
        _environment = """{"auths":{"ghcr.io":{"username":"environment","password":"x"}}}""";
        Configure($$"""{ {{FileEntries}}, "credsStore":"store", "credHelpers":{"ghcr.io":"own"} }""");

        var lookup = await Credentials().FindAsync(ImageReference.Parse("ghcr.io/team/app"), [Secret("one", Credential("ghcr.io", "secret")), Secret("two", Credential("ghcr.io/team", "closer"))]);

        Assert.Equal(["closer", "secret", "environment", "helper", "team", "file"], lookup.Matches.Select(match => match.Credential.UserName));
        Assert.Equal(["ns/two", "ns/one", "$DOCKER_AUTH_CONFIG", "docker-credential-own", ConfigPath, ConfigPath], lookup.Matches.Select(match => match.Credential.Source));
        Assert.Equal(["ghcr.io/team", "ghcr.io", "ghcr.io", "ghcr.io", "ghcr.io/team", "ghcr.io"], lookup.Matches.Select(match => match.Key));
        Assert.Equal([false, false, true, true, true, true], lookup.Matches.Select(match => match.Credential.Secret is null));
        Assert.Empty(lookup.Warnings);
        Assert.Equal(["own get"], _helpers.Calls);
    }

    [Fact]
    public async Task The_store_serves_what_has_no_helper_of_its_own()
    {
        _helpers.AddStore("store");
        await new CredentialHelper("store", null, _helpers.Path).StoreAsync(Credential("https://index.docker.io/v1/", "hub"));
        Configure("""{"credsStore":"store","credHelpers":{"gcr.io":"missing","plain.io":""},"auths":{"plain.io":{"username":"plain","password":"x"}}}""");

        Assert.Equal(["hub"], await UsersAsync(Credentials(), "nginx"));
        Assert.Empty(await UsersAsync(Credentials(), "quay.io/x"));
        Assert.Equal(["plain"], await UsersAsync(Credentials(), "plain.io/x"));
        var lookup = await Credentials().FindAsync(ImageReference.Parse("gcr.io/x"), []);
        Assert.Empty(lookup.Matches);
        Assert.Contains("docker-credential-missing", Assert.Single(lookup.Warnings));
    }

    [Fact]
    public async Task A_note_of_a_path_or_glob_in_the_file_is_asked_for_first()
    {
        _helpers.AddStore("store");
        var store = new CredentialHelper("store", null, _helpers.Path);
        await store.StoreAsync(Credential("ghcr.io/team", "team"));
        await store.StoreAsync(Credential("ghcr.io", "host"));
        await store.StoreAsync(Credential("*.example.com", "glob"));
        Configure("""{"credsStore":"store","auths":{"ghcr.io":{},"ghcr.io/team":{},"*.example.com":{}}}""");

        Assert.Equal(["team", "host"], await UsersAsync(Credentials(), "ghcr.io/team/app"));
        Assert.Equal(["host"], await UsersAsync(Credentials(), "ghcr.io/other/app"));
        Assert.Equal(["glob"], await UsersAsync(Credentials(), "reg.example.com/app"));
    }

    [Theory]
    [InlineData("echo 'locked'; exit 1", "failed with exit status 1: locked")]
    [InlineData("echo '{\"hunter2'", "did not answer with the JSON")]
    public async Task A_helper_that_fails_is_a_warning_and_the_rest_goes_on(string script, string expected)
    {
        _helpers.Add("bad", script);
        Configure($$"""{ {{FileEntries}}, "credsStore":"bad" }""");

        var lookup = await Credentials().FindAsync(ImageReference.Parse("ghcr.io/x"), []);

        Assert.Equal("file", Assert.Single(lookup.Matches).Credential.UserName);
        Assert.Contains(expected, Assert.Single(lookup.Warnings));
        Assert.DoesNotContain("hunter2", lookup.Warnings[0]);
    }

    [Fact]
    public async Task A_helper_name_that_leads_elsewhere_is_a_warning()
    {
        Configure("""{"credsStore":"../evil"}""");

        Assert.Contains("'../evil'", Assert.Single((await Credentials().FindAsync(ImageReference.Parse("ghcr.io/x"), [])).Warnings));
    }

    [Fact]
    public async Task A_broken_environment_is_a_warning()
    {
        _environment = "{ hunter2";
        Configure($$"""{ {{FileEntries}} }""");

        var lookup = await Credentials().FindAsync(ImageReference.Parse("ghcr.io/x"), []);

        Assert.Single(lookup.Matches);
        Assert.Equal("$DOCKER_AUTH_CONFIG: not valid JSON at line 1, column 3", Assert.Single(lookup.Warnings));
    }

    [Fact]
    public async Task The_same_secret_of_pod_and_node_is_tried_once_as_the_pods()
    {
        Configure("""{"auths":{"ghcr.io":{"username":"same","password":"same-pw"}}}""");

        var match = Assert.Single((await Credentials().FindAsync(ImageReference.Parse("ghcr.io/x"), [Secret("one", Credential("ghcr.io", "same"))])).Matches);

        Assert.Equal("one", match.Credential.Secret!.Name);
    }

    [Fact]
    public async Task Nothing_means_anonymous()
    {
        Assert.Empty((await Credentials().FindAsync(ImageReference.Parse("nginx"), [])).Matches);
        Assert.Empty((await Credentials().ListAsync()).Entries);
    }

    [Fact]
    public async Task Lists_all_without_secrets_and_fetches_them_when_asked()
    {
        _helpers.Add("own", "echo '{\"Username\":\"helper\",\"Secret\":\"own-secret\"}'");
        _helpers.AddStore("store");
        await new CredentialHelper("store", null, _helpers.Path).StoreAsync(Credential("quay.io", "stored"));
        _environment = """{"auths":{"env.io":{"username":"environment","password":"x"}}}""";
        Configure($$"""{ {{FileEntries}}, "credsStore":"store", "credHelpers":{"gcr.io":"own","*.glob.io":"own","empty.io":""} }""");

        var listing = await Credentials().ListAsync();

        Assert.Equal(
            [("env.io", "environment", "$DOCKER_AUTH_CONFIG"), ("gcr.io", "helper", "docker-credential-own"), ("quay.io", "stored", "docker-credential-store"), ("ghcr.io", "file", ConfigPath), ("ghcr.io/team", "team", ConfigPath)],
            listing.Entries.Select(entry => (entry.Registry, entry.UserName, entry.Source)));
        Assert.DoesNotContain("store get", _helpers.Calls);
        Assert.Equal("stored-pw", (await listing.Entries[2].GetCredentialAsync())!.Password);
        Assert.Equal("own-secret", (await listing.Entries[1].GetCredentialAsync())!.Password);
    }

    [Fact]
    public async Task What_is_set_is_found_and_what_is_removed_is_gone()
    {
        var credentials = Credentials();

        var write = await credentials.SetAsync("https://GHCR.io/", "me", "p:w/+é");

        Assert.Equal(("ghcr.io", "me", ConfigPath, true), (write.Credential.Registry, write.Credential.UserName, write.Credential.Source, write.IsChanged));
        var match = Assert.Single((await credentials.FindAsync(ImageReference.Parse("ghcr.io/x"), [])).Matches);
        Assert.Equal(("me", "p:w/+é"), (match.Credential.UserName, match.Credential.Password));

        var entry = Assert.Single((await credentials.ListAsync()).Entries);
        Assert.True(await credentials.RemoveAsync(entry));
        Assert.False(await credentials.RemoveAsync(entry));
        Assert.Empty((await credentials.ListAsync()).Entries);
    }

    [Fact]
    public async Task An_identity_token_is_set_and_found()
    {
        await Credentials().SetAsync("acr.example.com", "<token>", "refresh");

        Assert.Equal("refresh", Assert.Single((await Credentials().FindAsync(ImageReference.Parse("acr.example.com/x"), [])).Matches).Credential.IdentityToken);
        Assert.Equal("{\n\t\"auths\": {\n\t\t\"acr.example.com\": {\n\t\t\t\"identitytoken\": \"refresh\"\n\t\t}\n\t}\n}", File.ReadAllText(ConfigPath));
    }

    [Theory]
    [InlineData("ghcr.io", "store")]
    [InlineData("gcr.io", "own")]
    [InlineData("docker.io", "store")]
    public async Task A_configured_store_gets_the_secret_and_the_file_a_note(string registry, string helper)
    {
        _helpers.AddStore("store");
        _helpers.AddStore("own");
        Configure("""{"auths":{"REGISTRY":{"auth":"b2xkOnBsYWludGV4dA==","custom":1}},"credsStore":"store","credHelpers":{"gcr.io":"own"}}""".Replace("REGISTRY", registry));
        Assert.True(RegistryKey.TryParse(registry, out var key));

        var write = await Credentials().SetAsync(registry, "me", "hunter2");

        Assert.Equal("docker-credential-" + helper, write.Credential.Source);
        var text = File.ReadAllText(ConfigPath);
        Assert.DoesNotContain("b2xkOnBsYWludGV4dA==", text);
        Assert.DoesNotContain("hunter2", text);
        Assert.Contains("\"" + key.ServerAddress + "\":{", text);
        Assert.Equal("me", (await new CredentialHelper(helper, null, _helpers.Path).GetAsync(key.ServerAddress))!.UserName);

        Assert.False((await Credentials().SetAsync(registry, "me", "hunter2")).IsChanged);
        Assert.Single(_helpers.Calls, call => call == helper + " store");
        Assert.Equal(text, File.ReadAllText(ConfigPath));

        Assert.True(await Credentials().RemoveAsync((await Credentials().ListAsync()).Entries.Single(entry => entry.UserName == "me")));
        Assert.Empty((await Credentials().ListAsync()).Entries);
        Assert.Empty(DockerConfig.Parse(File.ReadAllBytes(ConfigPath), "").StoredRegistries);
    }

    [Fact]
    public async Task A_store_that_fails_leaves_the_file_alone()
    {
        _helpers.Add("bad", "echo 'locked'; exit 1");
        Configure("""{"credsStore":"bad"}""");

        await Assert.ThrowsAsync<CredentialHelperException>(() => Credentials().SetAsync("ghcr.io", "me", "pw"));

        Assert.Equal("""{"credsStore":"bad"}""", File.ReadAllText(ConfigPath));
    }

    [Theory]
    [InlineData("not a registry", "me")]
    [InlineData("https://user@ghcr.io", "me")]
    [InlineData("ghcr.io", "")]
    [InlineData("ghcr.io", "a:b")]
    public async Task Nonsense_is_refused(string registry, string user)
    {
        await Assert.ThrowsAsync<FormatException>(() => Credentials().SetAsync(registry, user, "pw"));
        Assert.False(File.Exists(ConfigPath));
    }

    [Fact]
    public async Task The_environments_credentials_cannot_be_removed()
    {
        _environment = """{"auths":{"env.io":{"username":"environment","password":"x"}}}""";

        Assert.Contains("DOCKER_AUTH_CONFIG", (await Assert.ThrowsAsync<DockerConfigException>(async () => await Credentials().RemoveAsync((await Credentials().ListAsync()).Entries[0]))).Message);
    }

    [Fact]
    public async Task An_entry_of_dockercfg_is_removed_from_there()
    {
        var path = _folder.Write(".dockercfg", """{"a.io":{"username":"a","password":"x"},"b.io":{"username":"b","password":"x"}}""");

        Assert.True(await Credentials().RemoveAsync((await Credentials().ListAsync()).Entries[0]));

        Assert.Equal("""{"b.io":{"username":"b","password":"x"}}""", File.ReadAllText(path));
    }

    [Fact]
    public async Task Without_a_folder_there_is_nowhere_to_write() =>
        await Assert.ThrowsAsync<DockerConfigException>(() => new DockerCredentials(new DockerConfigLocations()).SetAsync("ghcr.io", "me", "pw"));

    [Fact]
    public async Task A_file_that_makes_another_useless_is_warned_of()
    {
        var old = _folder.Write("home/.dockercfg", """{"a.io":{"username":"a","password":"x"}}""");
        var login = _folder.At("home/.docker/config.json".Replace('/', Path.DirectorySeparatorChar));
        var credentials = new DockerCredentials(new DockerConfigLocations { Working = _folder.At("work"), Home = _folder.At("home") }) { AuthConfig = () => null };

        var first = await credentials.SetAsync("ghcr.io", "me", "pw");
        Assert.Equal($"The credentials in '{old}' were used so far; '{login}' now comes before that file and is used instead.", Assert.Single(first.Warnings).Replace('/', Path.DirectorySeparatorChar));
        Assert.Empty((await credentials.SetAsync("quay.io", "me", "pw")).Warnings);

        var working = _folder.Write("work/config.json", """{"auths":{}}""");
        Assert.Contains($"but '{working}' comes before", Assert.Single((await credentials.SetAsync("quay.io", "me", "pw2")).Warnings));
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_named()
    {
        _folder.Write("blocked", "");
        var credentials = new DockerCredentials(new DockerConfigLocations { Preferred = _folder.At("blocked") });

        Assert.Contains(_folder.At("blocked"), (await Assert.ThrowsAsync<DockerConfigException>(() => credentials.SetAsync("ghcr.io", "me", "pw"))).Message);
    }
}
