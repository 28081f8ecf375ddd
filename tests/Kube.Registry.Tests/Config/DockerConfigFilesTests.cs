namespace Kube.Registry.Tests.Config;

public sealed class DockerConfigFilesTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    DockerConfigLocations Locations => new() { Preferred = _folder.At("preferred"), Working = _folder.At("working"), Home = _folder.At("home"), Root = _folder.At("root") };

    DockerConfigFiles Files => new(Locations);

    public void Dispose() => _folder.Dispose();

    static string ConfigJson(string user) => $$$$"""{"auths":{"ghcr.io":{"username":"{{{{user}}}}","password":"pw"}}}""";

    static string Dockercfg(string user) => $$$"""{"ghcr.io":{"username":"{{{user}}}","password":"pw"}}""";

    static readonly string[] InOrder =
    [
        "preferred/config.json", "working/config.json", "home/.docker/config.json", "root/.docker/config.json",
        "preferred/.dockercfg", "working/.dockercfg", "home/.dockercfg", "root/.dockercfg",
    ];

    [Fact]
    public void The_first_file_in_the_kubelets_order_counts_alone()
    {
        foreach (var name in InOrder)
            _folder.Write(name, name.EndsWith("json", StringComparison.Ordinal) ? ConfigJson(name) : Dockercfg(name));

        foreach (var name in InOrder)
        {
            var config = Files.Read();
            Assert.Equal(name, Assert.Single(config.Credentials).UserName);
            Assert.Equal(_folder.At(name), config.Source);
            File.Delete(_folder.At(name));
        }
        Assert.Equal("", Files.Read().Source);
    }

    [Fact]
    public void A_file_that_cannot_be_parsed_gives_way_to_the_next_with_a_warning()
    {
        _folder.Write("preferred/config.json", "{ hunter2");
        _folder.Write("home/.docker/config.json", ConfigJson("home"));

        var config = Files.Read();

        Assert.Equal("home", Assert.Single(config.Credentials).UserName);
        Assert.Equal($"{_folder.At("preferred/config.json")}: not valid JSON at line 1, column 3", Assert.Single(config.Warnings));
    }

    [Fact]
    public void Dockercfg_counts_when_no_config_json_can_be_parsed()
    {
        foreach (var name in InOrder[..4])
            _folder.Write(name, "nonsense");
        _folder.Write("home/.dockercfg", Dockercfg("old"));

        var config = Files.Read();

        Assert.Equal(("old", DockerConfigFormat.Dockercfg), (Assert.Single(config.Credentials).UserName, config.Format));
        Assert.Equal(4, config.Warnings.Count);
    }

    [Fact]
    public void An_empty_config_json_hides_what_comes_after_it()
    {
        _folder.Write("home/.docker/config.json", "{}");
        _folder.Write("home/.dockercfg", Dockercfg("old"));

        Assert.Empty(Files.Read().Credentials);
    }

    [Theory]
    [InlineData("""{"ConnectionString":"x","logging":{}}""", "home")]
    [InlineData("{}", "home")]
    [InlineData("""{"auths":{}}""", null)]
    [InlineData("""{"credsStore":""}""", null)]
    [InlineData("""{"HttpHeaders":{}}""", null)]
    public void Another_programs_config_json_in_the_working_folder_hides_nothing(string text, string? expected)
    {
        _folder.Write("working/config.json", text);
        _folder.Write("home/.docker/config.json", ConfigJson("home"));

        Assert.Equal(expected, Files.Read().Credentials.SingleOrDefault()?.UserName);
    }

    [Fact]
    public void Folders_that_do_not_exist_are_left_out()
    {
        _folder.Write("home/.docker/config.json", ConfigJson("home"));

        Assert.Equal("home", Assert.Single(new DockerConfigFiles(new DockerConfigLocations { Home = _folder.At("home") }).Read().Credentials).UserName);
        Assert.Equal("", new DockerConfigFiles(new DockerConfigLocations()).Read().Source);
    }

    [Fact]
    public void A_change_a_replacement_a_removal_and_a_new_file_show_at_once()
    {
        var files = Files;
        Assert.Empty(files.Read().Credentials);

        var path = _folder.Write("home/.docker/config.json", ConfigJson("one"));
        Assert.Equal("one", User(files));

        File.WriteAllText(path, ConfigJson("two"));
        Assert.Equal("two", User(files));

        File.WriteAllText(path + ".new", ConfigJson("six"));
        File.Move(path + ".new", path, overwrite: true);
        Assert.Equal("six", User(files));

        _folder.Write("preferred/config.json", ConfigJson("ten"));
        Assert.Equal("ten", User(files));

        Directory.Delete(_folder.At("preferred"), recursive: true);
        Assert.Equal("six", User(files));

        File.Delete(path);
        Assert.Null(User(files));
    }

    [Fact]
    public void A_replacement_of_the_same_age_and_size_shows()
    {
        var path = _folder.Write("home/.docker/config.json", ConfigJson("one"));
        var age = DateTime.UtcNow.AddHours(-1);
        File.SetLastWriteTimeUtc(path, age);
        var files = Files;
        Assert.Equal("one", User(files));

        File.WriteAllText(path + ".new", ConfigJson("two"));
        File.SetLastWriteTimeUtc(path + ".new", age);
        // Windows gives a file that takes another's place within seconds that one's creation time.
        File.SetCreationTimeUtc(path + ".new", DateTime.UtcNow.AddSeconds(1));
        File.Move(path + ".new", path, overwrite: true);

        Assert.SkipWhen(File.GetCreationTimeUtc(path) == age, "this file system keeps no creation time");
        Assert.Equal("two", User(files));
    }

    [Fact]
    public void A_settled_file_is_not_read_again()
    {
        var path = _folder.Write("home/.docker/config.json", ConfigJson("one"));
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(-1));
        var files = Files;

        Assert.Same(files.Read(), files.Read());
    }

    [Fact]
    public void Links_are_followed_and_their_targets_watched()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege on Windows");
        _folder.Write("one/config.json", ConfigJson("one"));
        _folder.Write("two/config.json", ConfigJson("two"));
        // A mounted secret: the file is a link through a folder that is a link, which is swapped.
        Directory.CreateDirectory(_folder.At("preferred"));
        File.CreateSymbolicLink(_folder.At("preferred/..data"), "../one");
        File.CreateSymbolicLink(_folder.At("preferred/config.json"), "..data/config.json");
        foreach (var name in (string[])["one", "two"])
            File.SetLastWriteTimeUtc(_folder.At(name + "/config.json"), DateTime.UtcNow.AddHours(-1));
        var files = Files;
        Assert.Equal("one", User(files));

        File.Delete(_folder.At("preferred/..data"));
        File.CreateSymbolicLink(_folder.At("preferred/..data"), "../two");
        Assert.Equal("two", User(files));

        File.Delete(_folder.At("preferred/config.json"));
        File.CreateSymbolicLink(_folder.At("preferred/config.json"), "config.json");
        Assert.Null(User(files));
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_a_warning()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs a file that even root cannot read");
        Directory.CreateDirectory(_folder.At("preferred"));
        var path = _folder.At("preferred/config.json");
        File.CreateSymbolicLink(path, "/proc/self/mem");
        _folder.Write("home/.docker/config.json", ConfigJson("home"));

        var config = Files.Read();

        Assert.Equal("home", Assert.Single(config.Credentials).UserName);
        Assert.Contains(path, Assert.Single(config.Warnings));
    }

    [Fact]
    public void A_folder_in_the_files_place_is_as_good_as_nothing()
    {
        Directory.CreateDirectory(_folder.At("preferred/config.json"));
        _folder.Write("home/.docker/config.json", ConfigJson("home"));

        Assert.Equal("home", User(Files));
    }

    [Fact]
    public void The_default_places_are_the_process_own()
    {
        var locations = DockerConfigLocations.Default("sub", _folder.Path);

        Assert.Equal(_folder.At("sub"), locations.Preferred);
        Assert.Equal(_folder.At("sub/config.json").Replace('/', Path.DirectorySeparatorChar), locations.LoginFile);
        Assert.Equal(_folder.Path, locations.Working);
        Assert.Equal(Path.GetPathRoot(_folder.Path), locations.Root);
        Assert.Equal(Path.Combine(_folder.Path, ".docker", "config.json"), new DockerConfigLocations { Home = _folder.Path }.LoginFile);
        Assert.Null(new DockerConfigLocations().LoginFile);
    }

    static string? User(DockerConfigFiles files) => files.Read().Credentials.SingleOrDefault()?.UserName;
}
