using Kube.Server.Custom;

namespace Kube.Server.Tests.Custom;

/// <summary>Go's syntax, where it is not .NET's.</summary>
public class GoPatternTests
{
    [Theory]
    [InlineData(@"^\d+$", "12", true)]
    [InlineData(@"^\d+$", "١٢", false)] // digits elsewhere, letters to Go
    [InlineData(@"^\d+$", "12\n", false)] // .NET's end comes before a last line break
    [InlineData(@"^[\d_]+$", "1_2", true)]
    [InlineData(@"^\w+$", "é", false)]
    [InlineData(@"^\W$", "é", true)]
    [InlineData(@"^[[:alpha:]]+$", "abC", true)]
    [InlineData(@"^[[:alpha:]]+$", "a1", false)]
    [InlineData(@"^[^[:digit:]x]$", "1", false)]
    [InlineData(@"^[]a]+$", "]a", true)]
    [InlineData(@"^[a[]+$", "[a", true)]
    [InlineData(@"^[a-z-[b]]$", "[]", true)] // no subtraction: a class of letters, "-" and "[", and then "]"
    [InlineData(@"^(?P<first>a)b$", "ab", true)]
    [InlineData(@"^\$$", "$", true)]
    [InlineData(@"^[$]$", "$", true)]
    [InlineData(@"^(?i)abc$", "ABC", true)]
    [InlineData("^[0-9]+(%|px)?$", "50%", true)]
    [InlineData(@"^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$", "1.5Gi", true)]
    public void A_pattern_matches_as_in_Go(string pattern, string text, bool matches) => Assert.Equal(matches, GoPattern.Compile(pattern).IsMatch(text));

    [Theory]
    [InlineData("(")]
    [InlineData("[a")]
    [InlineData("a**")]
    [InlineData(@"(a)\1")]
    [InlineData("(?=a)b")]
    [InlineData("(?<!a)b")]
    public void What_Go_does_not_know_is_refused(string pattern) => Assert.ThrowsAny<ArgumentException>(() => GoPattern.Compile(pattern));
}
