namespace Kube.Client.Tests.Objects;

public sealed class KubeAgeTests
{
    const long Minute = 60, Hour = 3600, Day = 86400, Year = 365 * Day;

    [Theory]
    [InlineData(-2, "<invalid>")]
    [InlineData(-1, "0s")]
    [InlineData(0, "0s")]
    [InlineData(1, "1s")]
    [InlineData(59, "59s")]
    [InlineData(60, "60s")]
    [InlineData(119, "119s")]
    [InlineData(120, "2m")]
    [InlineData(121, "2m1s")]
    [InlineData(3 * Minute + 10, "3m10s")]
    [InlineData(10 * Minute - 1, "9m59s")]
    [InlineData(10 * Minute, "10m")]
    [InlineData(10 * Minute + 59, "10m")]
    [InlineData(3 * Hour - 1, "179m")]
    [InlineData(3 * Hour, "3h")]
    [InlineData(3 * Hour + Minute, "3h1m")]
    [InlineData(8 * Hour - 1, "7h59m")]
    [InlineData(8 * Hour, "8h")]
    [InlineData(8 * Hour + 59 * Minute, "8h")]
    [InlineData(48 * Hour - 1, "47h")]
    [InlineData(48 * Hour, "2d")]
    [InlineData(49 * Hour, "2d1h")]
    [InlineData(8 * Day - 1, "7d23h")]
    [InlineData(8 * Day, "8d")]
    [InlineData(8 * Day + 23 * Hour, "8d")]
    [InlineData(2 * Year - 1, "729d")]
    [InlineData(2 * Year, "2y")]
    [InlineData(2 * Year + Day, "2y1d")]
    [InlineData(8 * Year - 1, "7y364d")]
    [InlineData(8 * Year, "8y")]
    [InlineData(8 * Year + 364 * Day, "8y")]
    [InlineData(100 * Year, "100y")]
    public void Ages_are_kubectls(long seconds, string expected) => Assert.Equal(expected, KubeAge.Format(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(-1999, "0s")]
    [InlineData(-2000, "<invalid>")]
    [InlineData(999, "0s")]
    [InlineData(119_999, "119s")]
    public void Fractions_of_a_second_are_dropped(int milliseconds, string expected) => Assert.Equal(expected, KubeAge.Format(TimeSpan.FromMilliseconds(milliseconds)));

    [Fact]
    public void No_age_is_unknown()
    {
        Assert.Equal("<unknown>", KubeAge.Format(null));
        Assert.Equal("<unknown>", KubeAge.Since(null));
    }

    [Fact]
    public void Times_of_any_kind_have_an_age()
    {
        var hourAgo = DateTime.UtcNow.AddMinutes(-60.5);
        Assert.Equal("60m", KubeAge.Since(hourAgo));
        Assert.Equal("60m", KubeAge.Since(hourAgo.ToLocalTime()));
        Assert.Equal("60m", KubeAge.Since(DateTime.SpecifyKind(hourAgo.ToLocalTime(), DateTimeKind.Unspecified)));
    }
}
