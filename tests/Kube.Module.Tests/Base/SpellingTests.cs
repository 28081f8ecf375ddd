using Kube.Module.Base;

namespace Kube.Module.Tests.Base;

public class SpellingTests
{
    [Theory]
    [InlineData("deploymnets", "deployments deployment", "pods deployments deployment jobs")]
    [InlineData("deploymen", "deployment deployments", "pods deployments deployment jobs")]
    [InlineData("PODD", "pod pods", "pods pod nodes")]
    [InlineData("podss", "pods", "pods pod nodes")]
    [InlineData("staging", "staging", "prod staging")]
    [InlineData("stagign", "staging", "prod staging")]
    [InlineData("stag", "staging staging-2", "prod staging staging-2")]
    [InlineData("system", "kube-system", "kube-system kube-public")]
    [InlineData("xy", "", "xyz xx")]
    [InlineData("zz", "", "prod staging")]
    [InlineData("", "", "prod")]
    [InlineData("prod", "", "")]
    public void Who_is_like_it(string word, string like, string names) =>
        Assert.Equal(like.Split(' ', StringSplitOptions.RemoveEmptyEntries), Spelling.Like(word, names.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    [Fact]
    public void Three_are_asked_for_at_the_most()
    {
        Assert.Equal("Did you mean 'team-a' or 'team-b' or 'team-c'?", Spelling.Ask("team", ["team-d", "team-c", "team-b", "team-a"]));
        Assert.Null(Spelling.Ask("shop", ["team-a"]));
    }
}
