using System.Text;
using Kube.Agent.Volumes;

namespace Kube.Agent.Tests.Volumes;

public class VolumeFileTests
{
    static readonly Dictionary<string, ReadOnlyMemory<byte>> Data = new() { ["b"] = "B"u8.ToArray(), ["a"] = "A"u8.ToArray() };

    static string[] Show(IEnumerable<VolumeFile> files) => [.. files.Select(f => $"{f.Path}={Encoding.UTF8.GetString(f.Content.Span)}:{Convert.ToString((int)f.Mode, 8)}")];

    [Theory]
    [InlineData("a", null)]
    [InlineData("a/b/c", null)]
    [InlineData(".a", null)]
    [InlineData("a..b", null)]
    [InlineData("a/..b", null)]
    [InlineData("", "empty")]
    [InlineData("/a", "relative")]
    [InlineData("..", "'..'")]
    [InlineData("../a", "'..'")]
    [InlineData("a/../b", "'..'")]
    [InlineData("a\\..\\b", "'..'")]
    [InlineData("..a", "start with '..'")]
    [InlineData("..data", "start with '..'")]
    public void A_path_stays_in_its_volume(string path, string? expected)
    {
        var reason = VolumeFile.Refuse(path);
        if (expected is null)
            Assert.Null(reason);
        else
            Assert.Contains(expected, reason);
    }

    [Fact]
    public void Without_items_every_key_is_a_file() => Assert.Equal(["a=A:644", "b=B:644"], Show(VolumeFile.FromKeys(Data, [], VolumeFile.DefaultMode, false, "configmap")));

    [Fact]
    public void With_items_they_alone_are() =>
        Assert.Equal(["x/y=B:600", "z=B:400"], Show(VolumeFile.FromKeys(Data, [new ItemSpec { Key = "b", Path = "x/y", Mode = 384 }, new ItemSpec { Key = "b", Path = "z" }], 256, false, "configmap")));

    [Theory]
    [InlineData("configmap", "configmap references non-existent config key: c")]
    [InlineData("secret", "references non-existent secret key: c")]
    public void A_missing_key_is_refused_unless_it_may_be(string kind, string expected)
    {
        ItemSpec[] items = [new() { Key = "c", Path = "c" }, new() { Key = "a", Path = "a" }];
        Assert.Equal(expected, Assert.Throws<FormatException>(() => VolumeFile.FromKeys(Data, items, 256, false, kind).ToList()).Message);
        Assert.Equal(["a=A:400"], Show(VolumeFile.FromKeys(Data, items, 256, true, kind)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(512)]
    [InlineData(644)]
    public void A_mode_is_within_0777(int mode) => Assert.Contains("0777", Assert.Throws<FormatException>(() => VolumeFile.Make("a", mode, default)).Message);

    [Fact]
    public void The_last_of_one_path_stays() =>
        Assert.Equal(["a=2:644", "b=1:644"], Show(VolumeFile.Merge([VolumeFile.Make("b", 420, "1"u8.ToArray()), VolumeFile.Make("a", 420, "1"u8.ToArray()), VolumeFile.Make("a", 420, "2"u8.ToArray())])));

    [Fact]
    public void A_file_holds_no_file() => Assert.Contains("'a' is a file", Assert.Throws<FormatException>(() => VolumeFile.Merge([VolumeFile.Make("a/b", 420, default), VolumeFile.Make("a", 420, default)])).Message);
}
