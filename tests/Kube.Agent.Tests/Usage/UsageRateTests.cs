using Kube.Agent.Runtime;
using Kube.Agent.Usage;

namespace Kube.Agent.Tests.Usage;

public class UsageRateTests
{
    static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 250_000_000, 250_000_000L)]
    [InlineData(2, 1_000_000_000, 500_000_000L)]
    [InlineData(60, 120_000_000_000, 2_000_000_000L)]
    [InlineData(1.5, 0, 0L)]
    [InlineData(3, 1, 0L)]
    [InlineData(0.9, 250_000_000, null)]
    [InlineData(0, 0, null)]
    [InlineData(-5, 250_000_000, null)]
    [InlineData(61, 250_000_000, null)]
    [InlineData(10, -1, null)]
    public void The_rate_is_what_was_used_between_two_looks(double seconds, long used, long? expected)
    {
        var rate = UsageRate.Between(new RuntimeUsage(Start, 5_000_000_000, 1), new RuntimeUsage(Start.AddSeconds(seconds), 5_000_000_000 + used, 2));

        Assert.Equal(expected, rate?.NanoCores);
        if (rate is null)
            return;
        Assert.Equal(TimeSpan.FromSeconds(seconds), rate.Window);
        Assert.Equal(2, rate.Latest.MemoryBytes);
    }
}
