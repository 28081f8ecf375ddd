namespace Kube.Registry.Tests;

public class KeyringTests
{
    static RegistryCredential Credential(string registry, string? user = null) =>
        new(registry, user ?? registry, "test") { Password = "secret of " + (user ?? registry) };

    [Theory]
    [InlineData("ghcr.io/team/app", new[] { "ghcr.io", "ghcr.io/team", "ghcr.io/team/app" }, new[] { "ghcr.io/team/app", "ghcr.io/team", "ghcr.io" })]
    [InlineData("reg.example.com/app", new[] { "*.example.com", "reg.example.com", "*.*.com" }, new[] { "reg.example.com", "*.example.com", "*.*.com" })]
    [InlineData("reg.example.com/app", new[] { "reg*.example.com", "reg.example.com" }, new[] { "reg.example.com", "reg*.example.com" })]
    [InlineData("reg.example.com/team/app", new[] { "reg.example.com", "*.example.com/team" }, new[] { "*.example.com/team", "reg.example.com" })]
    [InlineData("reg.example.com/team/app", new[] { "*.example.com/team", "reg.example.com/team" }, new[] { "reg.example.com/team", "*.example.com/team" })]
    [InlineData("nginx", new[] { "ghcr.io", "docker.io/library", "https://index.docker.io/v1/", "quay.io" }, new[] { "docker.io/library", "https://index.docker.io/v1/" })]
    [InlineData("quay.io/x", new[] { "ghcr.io", "docker.io" }, new string[0])]
    public void Tries_the_longest_key_first_and_an_exact_host_before_a_glob(string image, string[] registries, string[] expected)
    {
        foreach (var order in new[] { registries, [.. registries.Reverse()] })
            Assert.Equal(expected, new Keyring(order.Select(registry => Credential(registry))).Find(ImageReference.Parse(image)).Select(match => match.Credential.Registry));
    }

    [Fact]
    public void Tries_equal_keys_in_the_order_in_which_they_came()
    {
        var keyring = new Keyring([Credential("https://ghcr.io", "one"), Credential("ghcr.io", "two"), Credential("GHCR.IO/v2/", "three")]);

        Assert.Equal(["one", "two", "three"], keyring.Find(ImageReference.Parse("ghcr.io/app")).Select(match => match.Credential.UserName));
    }

    [Fact]
    public void Tells_which_key_matched_and_where_it_came_from()
    {
        var match = Assert.Single(new Keyring([Credential("https://GHCR.io/v2/Team", "a"), Credential("https://GHCR.io/v2/", "b")]).Find(ImageReference.Parse("ghcr.io/team/app")));

        Assert.Equal(("ghcr.io", "https://GHCR.io/v2/", "test"), (match.Key, match.Credential.Registry, match.Credential.Source));
    }

    [Fact]
    public void Tries_the_same_secret_once()
    {
        var keyring = new Keyring([Credential("ghcr.io", "me"), Credential("ghcr.io/team", "me"), Credential("*.io", "me") with { Password = "another" }]);

        Assert.Equal(["ghcr.io/team", "*.io"], keyring.Find(ImageReference.Parse("ghcr.io/team/app")).Select(match => match.Credential.Registry));
    }

    [Fact]
    public void Lists_what_it_holds_and_leaves_out_what_is_no_registry()
    {
        var keyring = new Keyring([Credential("ghcr.io"), Credential("user@host"), Credential("ghcr.io/team")]);

        Assert.Equal(["ghcr.io/team", "ghcr.io"], keyring.Credentials.Select(credential => credential.Registry));
        Assert.Empty(Keyring.Empty.Credentials);
        Assert.Empty(Keyring.Empty.Find(ImageReference.Parse("nginx")));
    }
}
