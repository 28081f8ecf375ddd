namespace Kube.Registry.Tests.Access;

public sealed class RegistryClientTests : IDisposable
{
    readonly TokenRegistry _server = new();
    readonly RegistryClient _client = new();

    [Fact]
    public async Task A_password_becomes_a_token_that_tells_what_it_allows()
    {
        var access = await TestAsync("team/app", Password("secret"));

        Assert.True(access.IsGranted, access.Message);
        Assert.Equal(RegistryScheme.Bearer, access.Scheme);
        Assert.Equal(["pull"], access.Actions);
        Assert.Equal(["GET ?service=the%20registry&scope=repository%3Ateam%2Fapp%3Apull%2Cpush&account=me"], _server.TokenRequests);
    }

    [Fact]
    public async Task An_identity_token_is_exchanged()
    {
        var access = await TestAsync(null, new RegistryCredential(_server.Registry, "<token>", "test") { IdentityToken = "identity" });

        Assert.True(access.IsGranted, access.Message);
        Assert.Equal(["POST  grant_type=refresh_token&refresh_token=identity&client_id=kube&service=the+registry"], _server.TokenRequests);
    }

    [Fact]
    public async Task A_wrong_password_is_refused_and_shown_nowhere()
    {
        var access = await TestAsync("team/app", Password("not-the-secret"));

        Assert.False(access.IsGranted);
        Assert.Contains("refuses the credential", access.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not-the-secret", access.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_that_is_not_there_is_told_apart_from_a_bad_credential()
    {
        var access = await TestAsync("team/other", Password("secret"));

        Assert.False(access.IsGranted);
        Assert.Contains("no such repository", access.Message, StringComparison.Ordinal);
        Assert.Empty(access.Actions);
    }

    [Theory]
    [InlineData("http://tokens.example.com/token", "plain http")]
    [InlineData("not a url", "does not say where")]
    [InlineData("ftp://127.0.0.1/token", "does not say where")]
    public async Task A_credential_goes_to_no_place_that_is_not_safe(string realm, string words)
    {
        _server.Realm = realm;

        var access = await TestAsync(null, Password("secret"));

        Assert.False(access.IsGranted);
        Assert.Contains(words, access.Message, StringComparison.Ordinal);
        Assert.Empty(_server.TokenRequests);
    }

    [Fact]
    public async Task What_is_no_registry_or_not_there_is_said_so()
    {
        Assert.True(RegistryKey.TryParse("127.0.0.1:1", out var nobody));
        var access = await _client.TestAsync(nobody, null, null, TestContext.Current.CancellationToken);

        Assert.False(access.IsGranted);
        Assert.Contains("127.0.0.1:1 is not reached", access.Message, StringComparison.Ordinal);
    }

    Task<RegistryAccess> TestAsync(string? repository, RegistryCredential credential)
    {
        Assert.True(RegistryKey.TryParse(_server.Registry, out var key));
        return _client.TestAsync(key, repository, credential, TestContext.Current.CancellationToken);
    }

    RegistryCredential Password(string password) => new(_server.Registry, "me", "test") { Password = password };

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }
}
