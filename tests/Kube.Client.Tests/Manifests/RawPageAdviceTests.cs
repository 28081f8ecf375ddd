using Kube.Manifests;

namespace Kube.Tests.Manifests;

public class RawPageAdviceTests
{
    [Theory]
    [InlineData("https://github.com/o/r/blob/main/pod.yaml?plain=1#L3", "the file itself is at https://github.com/o/r/raw/main/pod.yaml")]
    [InlineData("https://me:hunter2@GitHub.com/o/r/blob/main/blob/pod.yaml", "the file itself is at https://github.com/o/r/raw/main/blob/pod.yaml")]
    [InlineData("https://gist.github.com/me/0123abcd", "the file itself is at https://gist.github.com/me/0123abcd/raw")]
    [InlineData("https://gitlab.example.com/g/p/-/blob/main/pod.yaml", "the file itself is at https://gitlab.example.com/g/p/-/raw/main/pod.yaml")]
    [InlineData("https://github.com/o/r", null)]
    [InlineData("https://github.com/blob/r/tree/blob/", null)]
    [InlineData("https://raw.githubusercontent.com/o/r/main/pod.yaml", null)]
    [InlineData("https://example.com/o/r/blob/main/pod.yaml", null)]
    public void Pages_that_show_a_file_have_one_beside_them(string url, string? advice) => Assert.Equal(advice, RawPageAdvice.For(new Uri(url)));

    [Fact]
    public void The_advice_is_given_where_a_page_came_instead() =>
        Assert.EndsWith("expected a manifest in YAML or JSON (the file itself is at x)", Assert.Throws<ManifestException>(() => ManifestText.Documents("<!DOCTYPE html><html>", "the file itself is at x")).Message);
}
