using Kube.Columns;

namespace Kube.Tests.Columns;

public class PrintedAgeTests
{
    [Theory]
    [InlineData("0s", 0)]
    [InlineData("119s", 119)]
    [InlineData("3m10s", 190)]
    [InlineData("47h", 47 * 3600)]
    [InlineData("2d1h", 49 * 3600)]
    [InlineData("7y364d", (7L * 365 + 364) * 86400)]
    public void Ages_are_read_as_servers_print_them(string text, long seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), PrintedAge.Parse(text));
        Assert.Equal(text, KubeAge.Format(PrintedAge.Parse(text)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("<unknown>")]
    [InlineData("<invalid>")]
    [InlineData("5")]
    [InlineData("m")]
    [InlineData("5x")]
    [InlineData("-5m")]
    [InlineData("99999999999999d")]
    [InlineData("2147483647y")]
    [InlineData("2026-01-01T00:00:00Z")]
    public void Other_texts_are_none(string? text) => Assert.Null(PrintedAge.Parse(text));
}
