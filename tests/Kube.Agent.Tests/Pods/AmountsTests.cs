using System.Text.Json;
using Kube.Agent.Pods;

namespace Kube.Agent.Tests.Pods;

public class AmountsTests
{
    [Theory]
    [InlineData("""{"cpu":"500m"}""", "0.5")]
    [InlineData("""{"cpu":2}""", "2")]
    [InlineData("""{"cpu":1.5}""", "1.5")]
    [InlineData("""{"cpu":"one"}""", null)]
    [InlineData("""{"cpu":""}""", null)]
    [InlineData("""{"cpu":null}""", null)]
    [InlineData("""{"memory":"1Gi"}""", null)]
    public void What_is_no_quantity_is_as_good_as_absent(string limits, string? expected)
    {
        var found = Amounts.Find(JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(limits)!, "cpu");

        Assert.Equal(expected is null ? null : decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), found);
    }
}
