namespace Kube.Client.Tests.Objects;

public class KubeQuantityTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("1", "1")]
    [InlineData("0.5", "500m")]
    [InlineData(".5", "500m")]
    [InlineData("5.", "5")]
    [InlineData("+5", "5")]
    [InlineData("-1", "-1")]
    [InlineData("100m", "100m")]
    [InlineData("1000m", "1")]
    [InlineData("1500m", "1500m")]
    [InlineData("0.1m", "100u")]
    [InlineData("1000", "1k")]
    [InlineData("1000000", "1M")]
    [InlineData("1500", "1500")]
    [InlineData("1024", "1024")]
    [InlineData("1024Ki", "1Mi")]
    [InlineData("1024Mi", "1Gi")]
    [InlineData("1536Mi", "1536Mi")]
    [InlineData("1.5Gi", "1536Mi")]
    [InlineData("0.5Ki", "512")]
    [InlineData("0.5Mi", "512Ki")]
    [InlineData("1Ki", "1Ki")]
    [InlineData("1023", "1023")]
    [InlineData("100k", "100k")]
    [InlineData("12E", "12E")]
    [InlineData("1e3", "1e3")]
    [InlineData("1E3", "1e3")]
    [InlineData("12e6", "12e6")]
    [InlineData("1.5e3", "1500")]
    [InlineData("1e-3", "1e-3")]
    [InlineData("0.0000000001", "1n")]
    [InlineData("123456789123456789", "123456789123456789")]
    public void It_is_written_in_its_canonical_form(string text, string canonical)
    {
        Assert.True(KubeQuantity.TryParse(text, out var quantity));
        Assert.Equal(canonical, quantity.ToString());
        Assert.True(KubeQuantity.TryParse(canonical, out var again));
        Assert.Equal(0, quantity.CompareTo(again));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("1x")]
    [InlineData("1 Gi")]
    [InlineData("1gi")]
    [InlineData("1.2.3")]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("1e")]
    [InlineData("1e1.5")]
    [InlineData("1e999999999")]
    [InlineData("0x10")]
    [InlineData("Gi")]
    public void What_is_no_quantity_is_refused(string text) => Assert.False(KubeQuantity.TryParse(text, out _));

    [Theory]
    [InlineData("1", "1000m", 0)]
    [InlineData("1Gi", "1G", 1)]
    [InlineData("999m", "1", -1)]
    [InlineData("-1", "0", -1)]
    public void They_compare_by_amount(string left, string right, int order)
    {
        Assert.True(KubeQuantity.TryParse(left, out var a));
        Assert.True(KubeQuantity.TryParse(right, out var b));
        Assert.Equal(order, Math.Sign(a.CompareTo(b)));
    }

    [Theory]
    [InlineData("0", "0")]
    [InlineData("500m", "0.5")]
    [InlineData("1.5", "1.5")]
    [InlineData("1.5Gi", "1610612736")]
    [InlineData("64Mi", "67108864")]
    [InlineData("1k", "1000")]
    [InlineData("1e3", "1000")]
    [InlineData("1E", "1000000000000000000")]
    [InlineData("100n", "0.0000001")]
    [InlineData("5u", "0.000005")]
    [InlineData("-1500m", "-1.5")]
    [InlineData("128974848", "128974848")]
    [InlineData("12345678n", "0.012345678")]
    [InlineData("9999999999999999999999E", null)]
    public void They_are_numbers(string text, string? number)
    {
        Assert.True(KubeQuantity.TryParse(text, out var quantity));
        Assert.Equal(number is null ? null : decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture), quantity.Value);
    }
}
