using Kube.Agent.Pods;

namespace Kube.Agent.Tests.Pods;

public class QuantityTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("2", "2")]
    [InlineData("500m", "0.5")]
    [InlineData("1.5", "1.5")]
    [InlineData("1.5Gi", "1610612736")]
    [InlineData("64Mi", "67108864")]
    [InlineData("1Ki", "1024")]
    [InlineData("1k", "1000")]
    [InlineData("1M", "1000000")]
    [InlineData("1G", "1000000000")]
    [InlineData("1e3", "1000")]
    [InlineData("1E3", "1000")]
    [InlineData("1E", "1000000000000000000")]
    [InlineData("100n", "0.0000001")]
    [InlineData("5u", "0.000005")]
    [InlineData("-1", "-1")]
    [InlineData("128974848", "128974848")]
    [InlineData("+3", "3")]
    [InlineData(".5", "0.5")]
    public void Quantities_are_read(string text, string expected)
    {
        Assert.True(Quantity.TryParse(text, out var value));
        Assert.Equal(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Gi")]
    [InlineData("1 Gi")]
    [InlineData("1gi")]
    [InlineData("1KiB")]
    [InlineData("one")]
    [InlineData("1,5")]
    [InlineData("9999999999999999999999E")]
    public void Anything_else_is_none(string text) => Assert.False(Quantity.TryParse(text, out _));
}
