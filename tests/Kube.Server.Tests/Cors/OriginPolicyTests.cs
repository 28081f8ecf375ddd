using Kube.Server.Cors;

namespace Kube.Server.Tests.Cors;

public class OriginPolicyTests
{
    [Theory]
    [InlineData("^http://foo.com$")]
    [InlineData("://foo.com$")]
    [InlineData("//foo.com$")]
    [InlineData("^http://foo.com(:|$)")]
    [InlineData("://foo.com(:|$)")]
    [InlineData("//foo.com(:|$)")]
    [InlineData("^https://app\\.example\\.com$")]
    [InlineData("^https://app\\.example\\.com\\\\$")]
    [InlineData("^https://(a|b)\\.example\\.com$")]
    [InlineData("^https://a\\.example$|^https://b\\.example$")]
    [InlineData("//a\\.example(:|$)|://b\\.example$|^https://c\\.example$")]
    [InlineData("//(.+\\.)?foo\\.com(:|$)")]
    [InlineData("^https?://localhost(:[0-9]{1,5})?$")]
    [InlineData("^https://[a|b]\\.example$")]
    [InlineData("^https://[^]|]+\\.example$")]
    [InlineData("^https://[]|]\\.example$")]
    [InlineData("^https://a\\|b$")]
    [InlineData("^https://.*\\.example\\.com$")]
    [InlineData("^https://[^/]+$")]
    public void Accepted(string pattern) => Assert.NotNull(OriginPolicy.Create(new CorsSettings { Origins = [pattern] }));

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("  ", "is empty")]
    [InlineData("^https://(a$", "no regular expression")]
    [InlineData("^https://a[$", "no regular expression")]
    [InlineData("*", "no regular expression")]
    [InlineData("^https://(a)\\1$", "bounded time")]
    [InlineData("^https://(?!evil)a$", "bounded time")]
    [InlineData("^https://(?<=x)a$", "bounded time")]
    [InlineData("^https://(?>a+)$", "bounded time")]
    [InlineData("foo.com", "start of the host")]
    [InlineData("foo.com$", "start of the host")]
    [InlineData("foo.com(:|$)", "start of the host")]
    [InlineData("https://foo.com$", "start of the host")]
    [InlineData("(^foo.com$)", "start of the host")]
    [InlineData("(?i)^https://foo.com$", "start of the host")]
    [InlineData("\\^https://foo.com$", "start of the host")]
    [InlineData("^?https://foo.com$", "start of the host")]
    [InlineData("^*https://foo.com$", "start of the host")]
    [InlineData("//?foo.com$", "start of the host")]
    [InlineData("//*foo.com$", "start of the host")]
    [InlineData("^foo.com", "end of the host")]
    [InlineData("//foo.com", "end of the host")]
    [InlineData("^https://foo.com\\$", "end of the host")]
    [InlineData("^https://foo.com\\\\\\$", "end of the host")]
    [InlineData("^https://foo.com$?", "end of the host")]
    [InlineData("^https://foo.com(:|$)?", "end of the host")]
    [InlineData("^https://foo.com($|:)", "end of the host")]
    [InlineData("^(https://a$|https://b)", "end of the host")]
    [InlineData("^https://a\\.example$|https://b\\.example$", "start of the host")]
    [InlineData("^https://a\\.example$|^https://b\\.example", "end of the host")]
    [InlineData("^https://a\\.example|b\\.example$", "end of the host")]
    [InlineData("^https://a\\.example$|", "start of the host")]
    [InlineData("^|https://a\\.example$", "end of the host")]
    [InlineData(".*", "start of the host")]
    [InlineData("^.*$", "bare .*")]
    [InlineData("://.*$", "bare .*")]
    [InlineData("//.*(:|$)", "bare .*")]
    [InlineData("^https://.*$", "bare .*")]
    [InlineData("^https?://.+$", "bare .*")]
    [InlineData("^https?://.*?$", "bare .*")]
    [InlineData("^https?://(.*)$", "bare .*")]
    [InlineData("^https?://(?:.*)$", "bare .*")]
    [InlineData("^https?://((.*))$", "bare .*")]
    [InlineData("^https?://.*:8080$", "bare .*")]
    [InlineData("^https?://(.*)(:[0-9]+)?$", "bare .*")]
    [InlineData("^https?://.*(:|$)", "bare .*")]
    [InlineData("^https://a\\.example$|^https://.*$", "bare .*")]
    public void Refused_and_why(string pattern, string reason)
    {
        var refused = Assert.Throws<CorsSettingsException>(() => OriginPolicy.Create(new CorsSettings { Origins = [pattern] }));
        Assert.Contains($"\"{pattern}\"", refused.Message);
        Assert.Contains(reason, refused.Message);
    }

    [Fact]
    public void Every_fault_is_named_at_once()
    {
        var settings = new CorsSettings { Origins = ["^https://good$", "", "bad"], Methods = ["GET", "NO SUCH"], Headers = ["*"] };
        var refused = Assert.Throws<CorsSettingsException>(() => OriginPolicy.Create(settings));
        Assert.Equal(4, refused.Faults.Count);
    }

    [Fact]
    public void No_origins_no_cors() => Assert.Null(OriginPolicy.Create(new CorsSettings()));

    [Theory]
    [InlineData("^https://app\\.example\\.com$", "https://app.example.com", true)]
    [InlineData("^https://app\\.example\\.com$", "http://app.example.com", false)]
    [InlineData("^https://app\\.example\\.com$", "https://app.example.com:8443", false)]
    [InlineData("^https://app\\.example\\.com(:|$)", "https://app.example.com:8443", true)]
    [InlineData("^https://app\\.example\\.com(:|$)", "https://app.example.com.evil.org", false)]
    [InlineData("^https://app\\.example\\.com$", "https://app.example.com.evil.org", false)]
    [InlineData("^https://app\\.example\\.com$", "https://appXexample.com", false)]
    [InlineData("^https://app\\.example\\.com$", "https://app.example.com/", false)]
    [InlineData("//example\\.com$", "https://example.com", true)]
    [InlineData("//example\\.com$", "https://notexample.com", false)]
    [InlineData("//example\\.com$", "custom+scheme://example.com", true)]
    [InlineData("//(.+\\.)?foo\\.com(:|$)", "https://a.b.foo.com:1", true)]
    [InlineData("//(.+\\.)?foo\\.com(:|$)", "https://xfoo.com", false)]
    [InlineData("^null$", "null", false)]
    [InlineData("^.*l$", "null", false)]
    [InlineData("^https://a\\.example$|^https://b\\.example$", "https://b.example", true)]
    [InlineData("^https://a\\.example$", "https://A.example", false)]
    public void Searched_for_in_an_origin_that_parses(string pattern, string origin, bool allowed) =>
        Assert.Equal(allowed, OriginPolicy.Create(new CorsSettings { Origins = [pattern] })!.Allows(origin));

    [Fact]
    public void Any_of_several_patterns_allows()
    {
        var policy = OriginPolicy.Create(new CorsSettings { Origins = ["^https://a\\.example$", "//b\\.example(:|$)"] })!;
        Assert.True(policy.Allows("https://a.example"));
        Assert.True(policy.Allows("http://b.example:81"));
        Assert.False(policy.Allows("https://c.example"));
    }

    [Fact]
    public async Task A_hostile_pattern_does_not_run_for_ever()
    {
        var policy = OriginPolicy.Create(new CorsSettings { Origins = ["^https://(a+)+b$"] })!;
        var check = Task.Run(() => policy.Allows("https://" + new string('a', 400)));
        Assert.False(await check.WaitAsync(TimeSpan.FromSeconds(60)));
    }
}
