namespace Kube.Registry.Tests.Config;

public sealed class DockerConfigWriterTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static bool Set(string path, string registry, string user, string password)
    {
        Assert.True(RegistryKey.TryParse(registry, out var key));
        return DockerConfigWriter.Set(path, key, new RegistryCredential(key.ServerAddress, user, path) { Password = password });
    }

    [Fact]
    public void A_new_file_looks_like_dockers_and_is_its_owners_alone()
    {
        var path = _folder.At("new/.docker/config.json");

        Assert.True(Set(path, "docker.io", "me", "pw"));

        Assert.Equal("{\n\t\"auths\": {\n\t\t\"https://index.docker.io/v1/\": {\n\t\t\t\"auth\": \"bWU6cHc=\"\n\t\t}\n\t}\n}", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
        if (OperatingSystem.IsWindows())
            return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void Everything_else_stays_as_it_is()
    {
        var path = _folder.Write("config.json", "{\n    \"HttpHeaders\": { \"X\":\"\\u0041\" },\n    \"auths\": {\n        \"a.io\": {\"auth\":\"YTph\",  \"email\":\"a@b\"},\n        \"ghcr.io\": {\n            \"auth\": \"b2xkOm9sZA==\",\n            \"username\": \"old\",\n            \"x\": [1.0]\n        }\n    },\n    \"later\": null\n}\n\n");

        Assert.True(Set(path, "ghcr.io", "me", "pw"));

        Assert.Equal("{\n    \"HttpHeaders\": { \"X\":\"\\u0041\" },\n    \"auths\": {\n        \"a.io\": {\"auth\":\"YTph\",  \"email\":\"a@b\"},\n        \"ghcr.io\": {\n            \"auth\": \"bWU6cHc=\",\n            \"x\": [1.0]\n        }\n    },\n    \"later\": null\n}\n\n", File.ReadAllText(path));
    }

    [Theory]
    [InlineData("""{"auths":{"ghcr.io":{"auth":"bWU6cHc="}}}""")]
    [InlineData("""{"auths":{"ghcr.io":{"auth":"bWU6cHc"}}}""")]
    [InlineData("""{"auths":{"ghcr.io":{"username":"me","password":"pw"}}}""")]
    public void An_unchanged_value_is_no_write(string json)
    {
        var path = _folder.Write("config.json", json);
        var age = DateTime.UtcNow.AddHours(-1);
        File.SetLastWriteTimeUtc(path, age);

        Assert.False(Set(path, "https://ghcr.io/v2/", "me", "pw"));

        Assert.Equal(json, File.ReadAllText(path));
        Assert.Equal(age, File.GetLastWriteTimeUtc(path), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Other_spellings_of_the_registry_make_way()
    {
        var path = _folder.Write("config.json", """{"auths":{"docker.io":{"auth":"YTph"},"index.docker.io":{"auth":"YTph"},"docker.io/team":{"auth":"YTph"}}}""");

        Assert.True(Set(path, "https://index.docker.io/v1", "me", "pw"));

        Assert.Equal("""{"auths":{"docker.io/team":{"auth":"YTph"},"https://index.docker.io/v1/":{"auth":"bWU6cHc="}}}""", File.ReadAllText(path));
    }

    [Theory]
    [InlineData("{ \"auths\": hunter2")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"auths\":[]}")]
    public void A_file_that_cannot_be_read_is_not_overwritten(string text)
    {
        var path = _folder.Write("config.json", text);

        var error = Assert.Throws<DockerConfigException>(() => Set(path, "ghcr.io", "me", "pw"));

        Assert.StartsWith(path + ": ", error.Message);
        Assert.DoesNotContain("hunter2", error.ToString());
        Assert.Equal(text, File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Links_are_followed_and_stay()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege on Windows");
        var real = _folder.Write("dotfiles/docker.json", "{}");
        Directory.CreateDirectory(_folder.At(".docker"));
        var link = _folder.At(".docker/config.json");
        File.CreateSymbolicLink(_folder.At("middle"), "dotfiles/docker.json");
        File.CreateSymbolicLink(link, "../middle");

        Assert.True(Set(link, "ghcr.io", "me", "pw"));

        Assert.Equal("../middle", new FileInfo(link).LinkTarget);
        Assert.Contains("bWU6cHc=", File.ReadAllText(real));
        Assert.Equal([link], Directory.GetFiles(_folder.At(".docker")));
    }

    [Fact]
    public async Task Writers_at_the_same_time_lose_nothing()
    {
        var path = _folder.At("config.json");
        var writers = Enumerable.Range(0, 8).Select(writer => Task.Run(() =>
        {
            for (var i = 0; i < 10; i++)
                Assert.True(Set(path, $"r{writer}-{i}.io", "me", "pw"));
        }));

        await Task.WhenAll(writers);

        Assert.Equal(80, DockerConfigWriter.Read(path, DockerConfigFormat.ConfigJson)!.Credentials.Count);
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Readers_see_whole_files_while_it_is_written()
    {
        var path = _folder.At("config.json");
        Set(path, "first.io", "me", "pw");
        var writing = Task.Run(() =>
        {
            for (var i = 0; i < 100; i++)
                Set(path, "first.io", "me", new string('x', i * 50));
        });
        var files = new DockerConfigFiles(new DockerConfigLocations { Preferred = _folder.Path });
        do
        {
            var config = files.Read();
            Assert.Empty(config.Warnings);
            Assert.Single(config.Credentials);
        }
        while (!writing.IsCompleted);
        await writing;
    }

    [Fact]
    public void Removing_keeps_the_rest()
    {
        var path = _folder.Write("config.json", """{"auths":{"a.io":{},"b.io":{"auth":"x"}},"credsStore":"s"}""");

        Assert.True(DockerConfigWriter.Remove(path, DockerConfigFormat.ConfigJson, "b.io"));
        Assert.False(DockerConfigWriter.Remove(path, DockerConfigFormat.ConfigJson, "b.io"));
        Assert.False(DockerConfigWriter.Remove(_folder.At("none.json"), DockerConfigFormat.ConfigJson, "b.io"));

        Assert.Equal("""{"auths":{"a.io":{}},"credsStore":"s"}""", File.ReadAllText(path));
        Assert.False(File.Exists(_folder.At("none.json")));
    }
}
