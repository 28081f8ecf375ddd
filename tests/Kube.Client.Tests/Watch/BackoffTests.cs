using Kube.Watch;

namespace Kube.Tests.Watch;

public class BackoffTests
{
    static readonly Backoff Backoff = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));

    [Fact]
    public void It_doubles_up_to_the_longest()
    {
        var backoff = Backoff;
        var waits = new List<double>();
        for (var i = 0; i < 40; i++)
        {
            (var wait, backoff) = backoff.Fail();
            waits.Add(wait.TotalSeconds);
        }
        Assert.Equal([1, 2, 4, 8, 10, 10], waits.Take(6));
        Assert.All(waits.Skip(4), w => Assert.Equal(10, w));
    }

    [Fact]
    public void It_begins_anew_after_success()
    {
        var (_, failed) = Backoff.Fail();
        Assert.Equal(TimeSpan.FromSeconds(1), failed.Reset().Fail().Wait);
        Assert.Same(Backoff, Backoff.Reset());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 3)]
    [InlineData(60, 60)]
    public void What_the_other_side_asks_for_counts_where_it_is_longer(int asked, int wait) =>
        Assert.Equal(TimeSpan.FromSeconds(wait), Backoff.Fail(TimeSpan.FromSeconds(asked)).Wait);
}
