using Kube.Module.Copying;

namespace Kube.Module.Tests.Copying;

public class PathTests
{
    [Theory]
    [InlineData("web:/tmp", null, "web", "/tmp")]
    [InlineData("shop/web-0:logs", "shop", "web-0", "logs")]
    [InlineData("web:/a:b", null, "web", "/a:b")]
    public void A_path_in_a_pod(string text, string? @namespace, string pod, string path) => Assert.Equal(new PodPath(@namespace, pod, path), PodPath.Parse(text));

    [Theory]
    [InlineData("C:\\x")]
    [InlineData("c:/x")]
    [InlineData("./web:x")]
    [InlineData("/tmp/a:b")]
    [InlineData("web")]
    [InlineData("web:")]
    [InlineData("Temp:/x")]
    [InlineData("a/b/c:x")]
    [InlineData("~/a:b")]
    public void A_path_of_this_machine(string text) => Assert.Null(PodPath.Parse(text));

    [Theory]
    [InlineData("/var/log/app", "/var/log", "app", false)]
    [InlineData("/var/log/", "/var", "log", false)]
    [InlineData("/etc", "/", "etc", false)]
    [InlineData("notes.txt", ".", "notes.txt", false)]
    [InlineData("/var/log/*.log", "/var/log", "*.log", true)]
    public void An_item_in_a_container(string path, string folder, string name, bool pattern)
    {
        var item = ContainerPath.Parse(path);
        Assert.Equal((folder, name, pattern), (item.Folder, item.Name, item.IsPattern));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/var/..")]
    [InlineData(".")]
    [InlineData("/va*/log")]
    public void No_single_item(string path) => Assert.Throws<FormatException>(() => ContainerPath.Parse(path));

    [Theory]
    [InlineData("/etc/passwd", false)]
    [InlineData("../x", false)]
    [InlineData("a/../../x", false)]
    [InlineData("a/..", false)]
    [InlineData("a\0b", false)]
    [InlineData("a\\..\\x", true)]
    [InlineData("C:x", true)]
    public void Entries_that_lead_out(string name, bool windows) => Assert.Throws<UnsafePathException>(() => ArchivePath.Split(name, windows));

    [Theory]
    [InlineData("./a//b/", "a/b")]
    [InlineData("a/...", "a/...")]
    [InlineData("a\\b", "a\\b")]
    public void Entries_that_do_not(string name, string parts) => Assert.Equal(parts, string.Join('/', ArchivePath.Split(name, isWindows: false)));

    [Theory]
    [InlineData("a/link", "b", true)]
    [InlineData("a/link", "../b", true)]
    [InlineData("a/link", "../../b", false)]
    [InlineData("link", "..", false)]
    [InlineData("link", "/etc", false)]
    [InlineData("a/link", "x/../../b", true)]
    [InlineData("a/link", "../../a/b", false)]
    public void Links(string place, string target, bool allowed)
    {
        var error = Record.Exception(() => ArchivePath.CheckLink(place.Split('/'), target));
        Assert.Equal(allowed, error is null);
    }
}
