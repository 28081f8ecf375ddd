using System.Diagnostics;

namespace Kube.Registry.Tests.CredentialHelpers;

[Collection(HelperFolder.Collection)]
public sealed class CredentialHelperTests : IDisposable
{
    readonly HelperFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    CredentialHelper Helper(string name, double seconds = 30) => new(name, TimeSpan.FromSeconds(seconds), _folder.Path);

    CredentialHelper Script(string script, double seconds = 30)
    {
        _folder.Add("script", script);
        return Helper("script", seconds);
    }

    [Theory]
    [InlineData("me", "pw")]
    [InlineData("me", "p:w/+ \"'$`\\ é🐳\n second line")]
    [InlineData("<me>", "x")]
    public async Task Keeps_gives_lists_and_forgets(string user, string secret)
    {
        _folder.AddStore("store");
        var helper = Helper("store");
        const string Hub = "https://index.docker.io/v1/";
        Assert.Null(await helper.GetAsync(Hub));
        Assert.Empty(await helper.ListAsync());

        await helper.StoreAsync(new RegistryCredential(Hub, user, "") { Password = secret });
        await helper.StoreAsync(new RegistryCredential("ghcr.io", "other", "") { Password = "x" });

        var credential = await helper.GetAsync(Hub);
        Assert.Equal(new RegistryCredential(Hub, user, "docker-credential-store") { Password = secret }, credential);
        Assert.Equal(new Dictionary<string, string> { [Hub] = user, ["ghcr.io"] = "other" }, (await helper.ListAsync()).OrderByDescending(server => server.Key).ToDictionary());
        Assert.True(await helper.EraseAsync(Hub));
        Assert.False(await helper.EraseAsync(Hub));
        Assert.Null(await helper.GetAsync(Hub));
    }

    [Fact]
    public async Task The_user_token_means_an_identity_token_both_ways()
    {
        _folder.AddStore("store");
        var helper = Helper("store");

        await helper.StoreAsync(new RegistryCredential("acr.example.com", "", "") { IdentityToken = "refresh" });

        Assert.Equal(new RegistryCredential("acr.example.com", "<token>", "docker-credential-store") { IdentityToken = "refresh" }, await helper.GetAsync("acr.example.com"));
    }

    [Theory]
    [InlineData("echo 'credentials not found in native keychain'; exit 1")]
    [InlineData("echo 'error: credentials not found in native keychain (x)'; exit 1")]
    [InlineData("echo 'Credentials not found in native keychain' >&2; exit 1")]
    [InlineData("echo '{\"ServerURL\":\"\",\"Username\":\"\",\"Secret\":\"\"}'")]
    [InlineData("echo '{}'")]
    public async Task None_is_no_error(string script) => Assert.Null(await Script(script).GetAsync("ghcr.io"));

    [Fact]
    public async Task Field_names_are_taken_in_any_case()
    {
        var credential = await Script("echo '{\"serverurl\":\"x\",\"username\":\"me\",\"secret\":\"pw\"}'").GetAsync("ghcr.io");

        Assert.Equal(("ghcr.io", "me", "pw"), (credential!.Registry, credential.UserName, credential.Password));
    }

    [Theory]
    [InlineData("echo 'keychain is locked'; exit 1", "failed with exit status 1: keychain is locked")]
    [InlineData("printf 'first\\nsecond\\n'; exit 1", "failed with exit status 1: first")]
    [InlineData("echo 'on the side' >&2; exit 3", "failed with exit status 3: on the side")]
    [InlineData("exit 1", "failed with exit status 1: it said nothing")]
    [InlineData("echo 'hello'", "did not answer with the JSON")]
    [InlineData("echo '[]'", "did not answer with the JSON")]
    [InlineData("echo '{\"Username\":5,\"Secret\":\"hunter2\"}'", "did not answer with the JSON")]
    [InlineData("echo '{\"Username\":\"\\ud800\",\"Secret\":\"hunter2\"}'", "did not answer with the JSON")]
    [InlineData("echo '{\"Username\":\"me\",\"Secret\":\"hunter2'", "did not answer with the JSON")]
    [InlineData("true", "did not answer with the JSON")]
    public async Task A_failure_is_told_by_name_and_without_secrets(string script, string expected)
    {
        var error = await Assert.ThrowsAsync<CredentialHelperException>(() => Script(script).GetAsync("ghcr.io"));

        Assert.StartsWith("The credential helper 'docker-credential-script get' ", error.Message);
        Assert.Contains(expected, error.Message);
        Assert.DoesNotContain("hunter2", error.ToString());
    }

    [Fact]
    public async Task A_helper_that_repeats_the_secret_in_its_error_is_silenced()
    {
        var helper = Script("echo \"cannot store $(cat)\"; exit 1");

        var error = await Assert.ThrowsAsync<CredentialHelperException>(() => helper.StoreAsync(new RegistryCredential("ghcr.io", "me", "") { Password = "hunter2" }));

        Assert.DoesNotContain("hunter2", error.ToString());
        Assert.Contains("***", error.Message);
    }

    [Fact]
    public async Task A_helper_that_answers_without_reading_is_heard()
    {
        var helper = Script("exec <&-; echo '{\"Username\":\"me\",\"Secret\":\"pw\"}'");

        Assert.Equal("me", (await helper.GetAsync(new string('x', 200_000)))!.UserName);
    }

    [Fact]
    public async Task A_helper_that_talks_a_lot_on_both_sides_blocks_nothing()
    {
        var helper = Script("i=0; while [ $i -lt 3000 ]; do echo 'a line of chatter that fills the pipe sooner or later, and then some more' >&2; i=$((i+1)); done; echo '{\"Username\":\"me\",\"Secret\":\"pw\"}'");

        Assert.Equal("me", (await helper.GetAsync("ghcr.io"))!.UserName);
    }

    [Theory]
    [InlineData("sleep 60")]
    [InlineData("sleep 60 & echo '{}'")] // a child that holds the pipes open
    public async Task A_helper_that_hangs_is_ended(string script)
    {
        var watch = Stopwatch.StartNew();

        var error = await Assert.ThrowsAsync<CredentialHelperException>(() => Script(script, 0.5).GetAsync("ghcr.io"));

        Assert.Contains("did not answer within 0.5 s and was ended", error.Message);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Cancellation_ends_it()
    {
        using var cancel = new CancellationTokenSource();
        var asked = Script("sleep 60").GetAsync("ghcr.io", cancel.Token);
        cancel.CancelAfter(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task A_missing_helper_is_named()
    {
        var error = await Assert.ThrowsAsync<CredentialHelperException>(() => Helper("nowhere").ListAsync());

        Assert.Contains("'docker-credential-nowhere' is configured but is not on the path", error.Message);
    }

    [Fact]
    public async Task Only_what_may_be_executed_is_a_helper_and_the_first_folder_wins()
    {
        using var second = new HelperFolder();
        var plain = _folder.Add("script", "echo '{}'");
        second.Add("script", "echo '{\"Username\":\"second\",\"Secret\":\"x\"}'");
        var helper = new CredentialHelper("script", null, $"{_folder.Path}/none{Path.PathSeparator}{_folder.Path}{Path.PathSeparator}{second.Path}");
        Assert.Null(await helper.GetAsync("ghcr.io"));

        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(plain, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal("second", (await helper.GetAsync("ghcr.io"))!.UserName);
    }

    [Fact]
    public async Task A_program_that_cannot_be_started_is_an_error_of_its_own()
    {
        var path = _folder.Add("script", "");
        File.WriteAllText(path, "#!/no/such/interpreter\n");

        Assert.Contains("cannot be started", (await Assert.ThrowsAsync<CredentialHelperException>(() => Helper("script").GetAsync("x"))).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../evil")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("c:x")]
    [InlineData("a b")]
    public void A_name_leads_nowhere_else(string name)
    {
        Assert.False(CredentialHelper.IsName(name));
        Assert.Throws<ArgumentException>(() => new CredentialHelper(name));
    }
}
