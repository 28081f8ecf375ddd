using System.Management.Automation;
using System.Security;
using System.Text.Json.Nodes;

namespace Kube.Module.Tests.Commands.RegistryCredential;

/// <summary>The cmdlets in the real engine, on real files and real helper programs.</summary>
public sealed class RegistryCredentialTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("kube-credentials-").FullName;
    readonly ModuleSession _session = new(width: 400);

    public RegistryCredentialTests()
    {
        // The session's own folder decides, as the user's must not be touched.
        _session.Run("$PSDefaultParameterValues['*-KubeRegistryCredential:DockerConfig'] = $args[0]; $ExecutionContext.SessionState.Path.SetLocation($args[0])", _folder);
        _session.Run("function New-Credential($User, $Secret) { $s = [securestring]::new(); $Secret.ToCharArray() | ForEach-Object { $s.AppendChar($_) }; [pscredential]::new($User, $s) }");
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    string ConfigPath => Path.Combine(_folder, "config.json");

    JsonNode Config => JsonNode.Parse(File.ReadAllText(ConfigPath))!;

    static string Text(SecureString secret) => new System.Net.NetworkCredential("", secret).Password;

    void Configure(string json) => File.WriteAllText(ConfigPath, json);

    /// <summary>Everything that a person or a log could have seen.</summary>
    string Seen() => _session.Screen.Text + string.Join('\n', _session.Messages) + string.Join('\n', _session.Errors.Select(error => $"{error} {error.Exception} {error.TargetObject} {error.ErrorDetails}"));

    /// <summary>A helper on the path that keeps what it is given in one file per server.</summary>
    void AddStore(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the helper of this test is a shell script");
        var path = Path.Combine(_folder, "docker-credential-" + name);
        File.WriteAllText(path, $$"""
            #!/bin/sh
            dir='{{_folder}}'; input=$(cat); echo "$1" >>"$dir/calls"
            [ "$1" = store ] && url=$(printf %s "$input" | sed 's/.*"ServerURL":"\([^"]*\)".*/\1/') || url=$input
            file="$dir/kept-$(printf %s "$url" | cksum | cut -d' ' -f1)"
            case $1 in
            store) printf %s "$input" >"$file" ;;
            get) [ -f "$file" ] && cat "$file" || { echo 'credentials not found in native keychain'; exit 1; } ;;
            erase) [ -f "$file" ] && rm "$file" || { echo 'credentials not found in native keychain'; exit 1; } ;;
            list) printf '{'; comma=; for file in "$dir"/kept-*; do [ -f "$file" ] || continue
                printf '%s' "$comma"; comma=,; sed 's/.*"ServerURL":\("[^"]*"\),"Username":\("[^"]*"\).*/\1:\2/' "$file" | tr -d '\n'; done; printf '}' ;;
            esac
            """);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Environment.SetEnvironmentVariable("PATH", _folder + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"));
    }

    [Fact]
    public void What_is_set_is_got_and_what_is_removed_is_gone()
    {
        Assert.Empty(_session.Run("Set-KubeRegistryCredential ghcr.io (New-Credential me 'p:w/+é')"));

        var one = _session.RunForOne("Get-KubeRegistryCredential");
        Assert.Equal(("ghcr.io", "me", ConfigPath), (one.Properties["Registry"].Value, one.Properties["UserName"].Value, one.Properties["Source"].Value));
        var credential = Assert.IsType<PSCredential>(one.Properties["Credential"].Value);
        Assert.Equal(("me", "p:w/+é"), (credential.UserName, Text(credential.Password)));

        Assert.Empty(_session.Run("Get-KubeRegistryCredential | Remove-KubeRegistryCredential"));
        Assert.Empty(_session.Run("Get-KubeRegistryCredential"));
        Assert.Empty(_session.Errors);
    }

    [Fact]
    public void Set_returns_what_is_configured_when_asked()
    {
        var one = _session.RunForOne("Set-KubeRegistryCredential -Registry docker.io -Credential (New-Credential me pw) -PassThru");

        Assert.Equal("https://index.docker.io/v1/", one.Properties["Registry"].Value);
    }

    [Theory]
    [InlineData("docker.io", new[] { "https://index.docker.io/v1/" })]
    [InlineData("index.docker.io", new[] { "https://index.docker.io/v1/" })]
    [InlineData("https://GHCR.io/v2/", new[] { "ghcr.io" })]
    [InlineData("*", new[] { "https://index.docker.io/v1/", "ghcr.io", "ghcr.io/team", "*.example.com" })]
    [InlineData("GHCR*", new[] { "ghcr.io", "ghcr.io/team" })]
    [InlineData("docker*", new[] { "https://index.docker.io/v1/" })]
    [InlineData("*.example.com", new[] { "*.example.com" })]
    [InlineData("nothing*", new string[0])]
    public void Names_take_every_spelling_and_wildcards(string name, string[] expected)
    {
        Configure("""{"auths":{"https://index.docker.io/v1/":{"auth":"YTph"},"ghcr.io":{"auth":"YTph"},"ghcr.io/team":{"auth":"YTph"},"*.example.com":{"auth":"YTph"}}}""");

        Assert.Equal(expected, _session.Run("Get-KubeRegistryCredential $args[0]", name).Select(one => (string)one.Properties["Registry"].Value));
        Assert.Empty(_session.Errors);
    }

    [Theory]
    [InlineData("Get-KubeRegistryCredential ghcr.io, quay.io", 1)]
    [InlineData("'ghcr.io', 'quay.io' | Get-KubeRegistryCredential", 1)]
    [InlineData("Remove-KubeRegistryCredential quay.io, ghcr.io", 0)]
    public void A_registry_without_one_is_an_error_of_its_own_and_the_rest_goes_on(string script, int count)
    {
        Configure("""{"auths":{"ghcr.io":{"auth":"YTph"}}}""");

        Assert.Equal(count, _session.Run(script).Count);

        var error = Assert.Single(_session.Errors);
        Assert.StartsWith("KubeCredentialNotFound,", error.FullyQualifiedErrorId);
        Assert.Equal((ErrorCategory.ObjectNotFound, "quay.io"), (error.CategoryInfo.Category, error.TargetObject));
        Assert.Contains("Set-KubeRegistryCredential", error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void A_store_keeps_the_secret_and_the_file_does_not()
    {
        AddStore("kubetest");
        Configure("""{"credsStore":"kubetest"}""");

        _session.Run("Set-KubeRegistryCredential ghcr.io (New-Credential me hunter2)");

        Assert.DoesNotContain("hunter2", File.ReadAllText(ConfigPath));
        Assert.Equal("{}", Config["auths"]!["ghcr.io"]!.ToJsonString());
        var one = _session.RunForOne("Get-KubeRegistryCredential");
        Assert.Equal("docker-credential-kubetest", one.Properties["Source"].Value);
        Assert.DoesNotContain("get", File.ReadAllLines(Path.Combine(_folder, "calls")).Skip(2));
        Assert.Equal("hunter2", Text(((PSCredential)one.Properties["Credential"].Value).Password));

        _session.Run("Remove-KubeRegistryCredential ghcr.io");
        Assert.Empty(_session.Run("Get-KubeRegistryCredential"));
        Assert.Empty(_session.Errors);
    }

    [Fact]
    public void A_view_shows_no_secret_and_asks_no_helper()
    {
        AddStore("kubetest");
        Configure("""{"credsStore":"kubetest","auths":{"file.io":{"auth":"bWU6aHVudGVyMg=="}}}""");
        _session.Run("Set-KubeRegistryCredential ghcr.io (New-Credential me hunter2)");
        File.Delete(Path.Combine(_folder, "calls"));

        var shown = _session.Show("Get-KubeRegistryCredential");

        Assert.Matches(@"Registry +UserName +Source", shown);
        Assert.Matches(@"ghcr\.io +me +docker-credential-kubetest", shown);
        Assert.Matches(@"file\.io +me +" + System.Text.RegularExpressions.Regex.Escape(ConfigPath), shown);
        Assert.DoesNotContain("hunter2", shown);
        Assert.Equal(["list"], File.ReadAllLines(Path.Combine(_folder, "calls")));
        Assert.DoesNotContain("hunter2", _session.Show("Get-KubeRegistryCredential | ForEach-Object { \"$_\"; $_ | Format-Table * }"));
    }

    [Theory]
    [InlineData("Set-KubeRegistryCredential ghcr.io (New-Credential me new) -WhatIf")]
    [InlineData("Remove-KubeRegistryCredential ghcr.io -WhatIf")]
    [InlineData("Get-KubeRegistryCredential | Remove-KubeRegistryCredential -WhatIf")]
    public void WhatIf_changes_nothing_and_tells(string script)
    {
        const string Before = """{"auths":{"ghcr.io":{"auth":"b2xkOm9sZA=="}}}""";
        Configure(Before);
        _session.Screen.Clear();

        _session.Run(script);

        Assert.Equal(Before, File.ReadAllText(ConfigPath));
        Assert.Contains("What if: ", _session.Screen.Text);
        Assert.Contains("ghcr.io", _session.Screen.Text);
    }

    [Theory]
    [InlineData("Set-KubeRegistryCredential ghcr.io (New-Credential me new) -Confirm")]
    [InlineData("Remove-KubeRegistryCredential ghcr.io -Confirm")]
    public void A_host_that_cannot_ask_gets_an_error_and_nothing_happens(string script)
    {
        const string Before = """{"auths":{"ghcr.io":{"auth":"b2xkOm9sZA=="}}}""";
        Configure(Before);

        Assert.StartsWith("KubeConfirmationRequired,", _session.RunForError(script).FullyQualifiedErrorId);

        Assert.Equal(Before, File.ReadAllText(ConfigPath));
    }

    [Theory]
    [InlineData("Set-KubeRegistryCredential 'no registry' (New-Credential me hunter2)", "'no registry' is no registry")]
    [InlineData("Set-KubeRegistryCredential ghcr.io (New-Credential 'a:b' hunter2)", "must not hold a colon")]
    public void Nonsense_is_an_error(string script, string expected)
    {
        Assert.Empty(_session.Run(script));

        var error = Assert.Single(_session.Errors);
        Assert.StartsWith("KubeCredentialInvalid,", error.FullyQualifiedErrorId);
        Assert.Contains(expected, error.Exception.Message);
        Assert.False(File.Exists(ConfigPath));
        Assert.DoesNotContain("hunter2", Seen());
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_a_warning_to_Get_and_an_error_to_Set()
    {
        Configure("{ \"auths\": hunter2 }");

        Assert.Empty(_session.Run("Get-KubeRegistryCredential"));
        Assert.Contains(_session.Messages, message => message.StartsWith($"{ConfigPath}: not valid JSON at line 1", StringComparison.Ordinal));

        _session.Run("Set-KubeRegistryCredential ghcr.io (New-Credential me hunter2)");
        Assert.StartsWith("KubeCredentialInvalid,", Assert.Single(_session.Errors).FullyQualifiedErrorId);
        Assert.Equal("{ \"auths\": hunter2 }", File.ReadAllText(ConfigPath));
        Assert.DoesNotContain("hunter2", Seen());
    }

    [Fact]
    public void A_bad_entry_is_a_warning_and_hides_nothing()
    {
        Configure("""{"auths":{"bad.io":{"auth":"hunter2%"},"ghcr.io":{"auth":"bWU6cHc="}}}""");

        Assert.Equal("ghcr.io", _session.RunForOne("Get-KubeRegistryCredential").Properties["Registry"].Value);
        Assert.Contains(_session.Messages, message => message.Contains("'bad.io'"));
        Assert.DoesNotContain("hunter2", Seen());
    }

    [Fact]
    public void A_missing_helper_is_named()
    {
        Configure("""{"credsStore":"nowhere-to-be-found"}""");

        _session.Run("Set-KubeRegistryCredential ghcr.io (New-Credential me hunter2)");

        Assert.Contains("docker-credential-nowhere-to-be-found", Assert.Single(_session.Errors).Exception.Message);
        Assert.DoesNotContain("hunter2", Seen());
    }

    [Fact]
    public void Verbose_tells_what_was_done_without_the_secret()
    {
        _session.Run("Set-KubeRegistryCredential ghcr.io (New-Credential me hunter2) -Verbose; Set-KubeRegistryCredential ghcr.io (New-Credential me hunter2) -Verbose");

        Assert.Contains(_session.Messages, message => message.StartsWith("Kept me at ghcr.io", StringComparison.Ordinal));
        Assert.Contains(_session.Messages, message => message.Contains("nothing was written"));
        Assert.DoesNotContain("hunter2", Seen());
    }

    [Fact]
    public void Credentials_go_from_one_folder_to_another_by_the_pipeline()
    {
        Configure("""{"auths":{"ghcr.io":{"auth":"bWU6cHc="},"acr.io":{"identitytoken":"refresh"}}}""");
        var other = Path.Combine(_folder, "other");

        _session.Run("Get-KubeRegistryCredential | Set-KubeRegistryCredential -DockerConfig other");

        Assert.Empty(_session.Errors);
        var copied = JsonNode.Parse(File.ReadAllText(Path.Combine(other, "config.json")))!["auths"]!;
        Assert.Equal("bWU6cHc=", (string?)copied["ghcr.io"]!["auth"]);
        Assert.Equal("refresh", (string?)copied["acr.io"]!["identitytoken"]);
    }

    [Fact]
    public void A_file_that_makes_another_useless_is_a_warning()
    {
        File.WriteAllText(Path.Combine(_folder, ".dockercfg"), """{"old.io":{"auth":"YTph"}}""");

        _session.Run("Set-KubeRegistryCredential ghcr.io (New-Credential me pw)");

        Assert.Contains(_session.Messages, message => message.Contains(".dockercfg"));
    }
}
