namespace Kube.Registry.Tests;

public class ImageReferenceTests
{
    const string Sha256 = "sha256:ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff";
    const string Hex64 = "1a3f5e7d9c1b3a5f7e9d1c3b5a7f9e1d3c5b7a9f1e3d5d7c9b1a3f5e7d9c1b3a";

    [Theory]
    // on Docker Hub
    [InlineData("nginx", "docker.io", "library/nginx", "latest", null)]
    [InlineData("nginx:1.27", "docker.io", "library/nginx", "1.27", null)]
    [InlineData("docker/docker", "docker.io", "docker/docker", "latest", null)]
    [InlineData("library/debian", "docker.io", "library/debian", "latest", null)]
    [InlineData("docker.io/debian", "docker.io", "library/debian", "latest", null)]
    [InlineData("docker.io/docker/docker", "docker.io", "docker/docker", "latest", null)]
    [InlineData("index.docker.io/debian", "docker.io", "library/debian", "latest", null)]
    [InlineData("index.docker.io/docker/docker:x", "docker.io", "docker/docker", "x", null)]
    [InlineData("store/foo/bar", "docker.io", "store/foo/bar", "latest", null)]
    [InlineData("test_com", "docker.io", "library/test_com", "latest", null)]
    [InlineData("foo/foo_bar.com:8080", "docker.io", "foo/foo_bar.com", "8080", null)]
    [InlineData("d/docker", "docker.io", "d/docker", "latest", null)]
    // without a slash a dot or a colon makes no host
    [InlineData("test.com", "docker.io", "library/test.com", "latest", null)]
    [InlineData("test.com:5000", "docker.io", "library/test.com", "5000", null)]
    [InlineData("192.168.1.1", "docker.io", "library/192.168.1.1", "latest", null)]
    [InlineData("192.168.1.1:5000", "docker.io", "library/192.168.1.1", "5000", null)]
    [InlineData("localhost", "docker.io", "library/localhost", "latest", null)]
    [InlineData("localhost:5000", "docker.io", "library/localhost", "5000", null)]
    [InlineData("foo_bar.com:8080", "docker.io", "library/foo_bar.com", "8080", null)]
    // other registries
    [InlineData("ghcr.io/me/app:1.2", "ghcr.io", "me/app", "1.2", null)]
    [InlineData("ghcr.io/app", "ghcr.io", "app", "latest", null)]
    [InlineData("test:5000/repo", "test:5000", "repo", "latest", null)]
    [InlineData("test:5000/repo:tag", "test:5000", "repo", "tag", null)]
    [InlineData("localhost/fooo/bar", "localhost", "fooo/bar", "latest", null)]
    [InlineData("localhost:5000/private/busybox:1.35", "localhost:5000", "private/busybox", "1.35", null)]
    [InlineData("127.0.0.1:5000/docker/docker", "127.0.0.1:5000", "docker/docker", "latest", null)]
    [InlineData("sub-dom1.foo.com/bar/baz/quux:some-long-tag", "sub-dom1.foo.com", "bar/baz/quux", "some-long-tag", null)]
    [InlineData("b.gcr.io/test.example.com/my-app:test.example.com", "b.gcr.io", "test.example.com/my-app", "test.example.com", null)]
    [InlineData("xn--n3h.com/myimage:xn--n3h.com", "xn--n3h.com", "myimage", "xn--n3h.com", null)]
    [InlineData("Foo/bar", "Foo", "bar", "latest", null)]
    [InlineData("LOCALDOMAIN/library/debian", "LOCALDOMAIN", "library/debian", "latest", null)]
    [InlineData("[2001:db8::1]/repo", "[2001:db8::1]", "repo", "latest", null)]
    [InlineData("[2001:db8:1:2:3:4:5:6]/repo:tag", "[2001:db8:1:2:3:4:5:6]", "repo", "tag", null)]
    [InlineData("[::1]:5000/repo", "[::1]:5000", "repo", "latest", null)]
    // digests
    [InlineData("test:5000/repo@" + Sha256, "test:5000", "repo", null, Sha256)]
    [InlineData("test:5000/repo:tag@" + Sha256, "test:5000", "repo", "tag", Sha256)]
    [InlineData("nginx@" + Sha256, "docker.io", "library/nginx", null, Sha256)]
    [InlineData("[2001:db8::1]:5000/repo:tag@" + Sha256, "[2001:db8::1]:5000", "repo", "tag", Sha256)]
    // odd but allowed
    [InlineData("docker---rules/docker", "docker.io", "docker---rules/docker", "latest", null)]
    [InlineData("dock__er/docker", "docker.io", "dock__er/docker", "latest", null)]
    [InlineData("lowercase:Uppercase", "docker.io", "library/lowercase", "Uppercase", null)]
    [InlineData("a:_x.-", "docker.io", "library/a", "_x.-", null)]
    [InlineData("docker.io/" + Hex64, "docker.io", "library/" + Hex64, "latest", null)]
    [InlineData(Hex64 + ":v1", "docker.io", "library/" + Hex64, "v1", null)]
    [InlineData("thisisthesongthatneverendsitgoesonandonandonthisisthesongthatnev", "docker.io", "library/thisisthesongthatneverendsitgoesonandonandonthisisthesongthatnev", "latest", null)]
    public void Fills_in_what_Docker_fills_in(string text, string registry, string repository, string? tag, string? digest)
    {
        var image = ImageReference.Parse(text);

        Assert.Equal((registry, repository, tag, digest), (image.Registry, image.Repository, image.Tag, image.Digest));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" nginx")]
    [InlineData("nginx ")]
    [InlineData("nginx\n")]
    [InlineData("ngi nx")]
    [InlineData(":justtag")]
    [InlineData("@" + Sha256)]
    [InlineData("nginx:")]
    [InlineData("nginx@")]
    [InlineData("nginx:a:b")]
    [InlineData("nginx:-tag")]
    [InlineData("nginx:.tag")]
    [InlineData("nginx:ta/g")]
    [InlineData("nginx:tàg")]
    [InlineData("repo@sha256:ffffffffffffffffffffffffffffffffff")]
    [InlineData("repo@sha256:FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF")]
    [InlineData("repo@" + Sha256 + "ff")]
    [InlineData("repo@md5:d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("repo@" + Sha256 + "@" + Sha256)]
    [InlineData("validname@invaliddigest:ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("Uppercase:tag")]
    [InlineData("test:5000/Uppercase/lowercase:tag")]
    [InlineData("docker/Docker")]
    [InlineData("docker.io/docker/Docker")]
    [InlineData("aa/asdf$$^/aa")]
    [InlineData("https://github.com/docker/docker")]
    [InlineData("HTTP://ghcr.io/x")]
    [InlineData("docker://nginx")]
    [InlineData("-docker")]
    [InlineData("-docker/docker")]
    [InlineData("-docker.io/docker/docker")]
    [InlineData("docker-/docker")]
    [InlineData("-docker-/docker")]
    [InlineData("docker///docker")]
    [InlineData("docker.io/docker///docker")]
    [InlineData("____/____")]
    [InlineData("_docker/_docker")]
    [InlineData("dock..er/docker")]
    [InlineData("dock_.er/docker")]
    [InlineData("dock-.er/docker")]
    [InlineData("dock___er/docker")]
    [InlineData("docker/")]
    [InlineData("docker.io/")]
    [InlineData("/docker")]
    [InlineData("ghcr.io/")]
    [InlineData("foo_bar.com/app")]
    [InlineData("ghcr..io/app")]
    [InlineData("ghcr.io:/app")]
    [InlineData("ghcr.io:port/app")]
    [InlineData("user:pw@ghcr.io/app")]
    [InlineData("[fc00::1]")]
    [InlineData("[fc00::1]:5000")]
    [InlineData("[2001:db8::1]:tag")]
    [InlineData("fc00::1:5000/debian")]
    [InlineData("[fe80::1%eth0]:5000/debian")]
    [InlineData("[2001:db8:3:4::192.0.2.33]:5000/debian")]
    [InlineData(Hex64)]
    [InlineData("naïve/app")]
    [InlineData("app:١")]
    public void Refuses_what_Docker_refuses(string text)
    {
        Assert.False(ImageReference.TryParse(text, out _, out var reason));
        Assert.NotEmpty(reason);
        Assert.Equal(reason, Assert.Throws<FormatException>(() => ImageReference.Parse(text)).Message);
    }

    [Theory]
    [InlineData("https://ghcr.io/me/app", "scheme")]
    [InlineData("ghcr.io/Me/app", "'Me/app' must be in lower case")]
    [InlineData("Nginx", "'Nginx' must be in lower case")]
    [InlineData(Hex64, "64 hexadecimal digits")]
    [InlineData("nginx:-x", "'-x' is no valid tag")]
    [InlineData("nginx@sha256:12", "'sha256:12' is no digest")]
    [InlineData("nginx@md5:d41d8cd98f00b204e9800998ecf8427e", "'md5' is not one of sha256")]
    [InlineData("nginx@sha256:ffffffffffffffffffffffffffffffffff", "64 hexadecimal digits")]
    [InlineData("foo_bar.com/app", "'foo_bar.com' is no valid registry host")]
    [InlineData("ghcr.io/", "names no repository")]
    [InlineData("docker.io/", "names no repository")]
    [InlineData("library/Nginx", "'library/Nginx' must be in lower case")]
    [InlineData("dock..er", "'dock..er' is no valid repository")]
    [InlineData("a b", "white space")]
    [InlineData("", "must not be empty")]
    public void Says_what_is_wrong(string text, string expected)
    {
        Assert.False(ImageReference.TryParse(text, out _, out var reason));
        Assert.Contains(expected, reason);
    }

    [Fact]
    public void Refuses_null()
    {
        Assert.False(ImageReference.TryParse(null, out _, out var reason));
        Assert.Contains("must not be empty", reason);
    }

    [Fact]
    public void Limits_the_repository_to_255_characters_and_the_tag_to_128()
    {
        Assert.Equal(255, ImageReference.Parse("example.com/" + new string('a', 255) + ":tag").Repository.Length);
        Assert.Contains("longer than 255", Reason("example.com/" + new string('a', 256)));
        // The prefix that is filled in counts.
        Assert.Equal(255, ImageReference.Parse(new string('a', 247)).Repository.Length);
        Assert.Contains("longer than 255", Reason(new string('a', 248)));
        Assert.Equal(128, ImageReference.Parse("a:" + new string('t', 128)).Tag!.Length);
        Assert.Contains("no valid tag", Reason("a:" + new string('t', 129)));
        Assert.Contains("longer than 2048", Reason("a:" + new string('t', 5000)));
    }

    [Theory]
    [InlineData("sha384", 96)]
    [InlineData("sha512", 128)]
    public void Knows_the_longer_digests(string algorithm, int length)
    {
        var digest = $"{algorithm}:{new string('0', length)}";
        Assert.Equal(digest, ImageReference.Parse("app@" + digest).Digest);
        Assert.Contains($"{length} hexadecimal digits", Reason($"app@{algorithm}:{new string('0', 64)}"));
    }

    [Theory]
    [InlineData("nginx", "docker.io/library/nginx:latest", "nginx:latest")]
    [InlineData("docker.io/library/nginx:1", "docker.io/library/nginx:1", "nginx:1")]
    [InlineData("library/foo/bar", "docker.io/library/foo/bar:latest", "library/foo/bar:latest")]
    [InlineData("index.docker.io/me/app", "docker.io/me/app:latest", "me/app:latest")]
    [InlineData("ghcr.io/library/x", "ghcr.io/library/x:latest", "ghcr.io/library/x:latest")]
    [InlineData("localhost:5000/x@" + Sha256, "localhost:5000/x@" + Sha256, "localhost:5000/x@" + Sha256)]
    [InlineData("busybox:latest@" + Sha256, "docker.io/library/busybox:latest@" + Sha256, "busybox:latest@" + Sha256)]
    public void Prints_the_whole_and_the_familiar_text(string text, string whole, string familiar)
    {
        var image = ImageReference.Parse(text);

        Assert.Equal(whole, image.ToString());
        Assert.Equal(familiar, image.Familiar);
        Assert.Equal(image, ImageReference.Parse(whole));
        Assert.Equal(image, ImageReference.Parse(familiar));
    }

    [Theory]
    [InlineData("nginx", "latest")]
    [InlineData("nginx:1", "1")]
    [InlineData("nginx@" + Sha256, Sha256)]
    [InlineData("nginx:1@" + Sha256, Sha256)]
    public void Pulls_the_digest_before_the_tag(string text, string expected) => Assert.Equal(expected, ImageReference.Parse(text).TagOrDigest);

    [Fact]
    public void Hostile_text_costs_no_time()
    {
        foreach (var text in (string[])[new string('a', 2000) + "!", string.Concat(Enumerable.Repeat("a-", 1000)), string.Concat(Enumerable.Repeat("a.", 900)) + "/x", new string('-', 2000) + ".x/y"])
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            Assert.False(ImageReference.TryParse(text, out _, out _));
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{watch.Elapsed} for {text[..10]}…");
        }
    }

    static string Reason(string text)
    {
        Assert.False(ImageReference.TryParse(text, out _, out var reason));
        return reason;
    }
}
