using Kube.Agent.Pods;
using static Kube.Agent.Tests.Pods.Given;

namespace Kube.Agent.Tests.Pods;

public class BackoffTests
{
    static readonly string Hash = ContainerHash.Of(new ContainerSpec { Name = "c", Image = "busybox:1.35" });

    [Theory]
    [InlineData(null, 0)]
    [InlineData(0, 10)]
    [InlineData(10, 20)]
    [InlineData(20, 40)]
    [InlineData(40, 80)]
    [InlineData(80, 160)]
    [InlineData(160, 300)]
    [InlineData(300, 300)]
    public void The_first_restart_is_at_once_and_each_wait_twice_the_last(int? before, int expected) =>
        Assert.Equal(TimeSpan.FromSeconds(expected), RestartBackoff.After(Exited(1, backoff: before, startedAt: 0, finishedAt: 599), Hash));

    [Theory]
    [InlineData(599, 300)]
    [InlineData(600, 0)]
    [InlineData(100_000, 0)]
    public void Ten_minutes_of_running_start_anew(double ran, int expected) =>
        Assert.Equal(TimeSpan.FromSeconds(expected), RestartBackoff.After(Exited(1, backoff: 300, startedAt: 50, finishedAt: 50 + ran), Hash));

    [Fact]
    public void Another_image_starts_anew() =>
        Assert.Equal(TimeSpan.Zero, RestartBackoff.After(Exited(1, backoff: 300, image: "busybox:1.34"), Hash));

    [Fact]
    public void What_never_ran_has_not_run_long() =>
        Assert.Equal(TimeSpan.FromSeconds(20), RestartBackoff.After(Created(exitCode: 127, backoff: 10), Hash));

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(10, "10s")]
    [InlineData(40, "40s")]
    [InlineData(60, "1m0s")]
    [InlineData(80, "1m20s")]
    [InlineData(160, "2m40s")]
    [InlineData(300, "5m0s")]
    public void Waits_are_written_as_in_kubernetes(int seconds, string expected) =>
        Assert.Equal(expected, RestartBackoff.Format(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Pulls_wait_longer_and_longer_until_all_has_been_well_for_a_while()
    {
        ImageBackoff? backoff = null;
        var now = Start;
        var waits = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            backoff = ImageBackoff.After(backoff, now);
            waits.Add(backoff.Wait.TotalSeconds);
            now = backoff.RetryAt;
        }
        Assert.Equal([10, 20, 40, 80, 160, 300, 300, 300], waits);
        Assert.Equal(300, ImageBackoff.After(backoff, backoff!.FailedAt.AddSeconds(600)).Wait.TotalSeconds);
        Assert.Equal(10, ImageBackoff.After(backoff, backoff.FailedAt.AddSeconds(601)).Wait.TotalSeconds);
    }

    [Fact]
    public void The_hash_knows_name_and_image_alone()
    {
        string Of(string name, string image, params string[] command) => ContainerHash.Of(new ContainerSpec { Name = name, Image = image, Command = command });
        Assert.Equal(Of("a", "x"), Of("a", "x", "sleep", "1"));
        Assert.NotEqual(Of("a", "x"), Of("a", "y"));
        Assert.NotEqual(Of("a", "x"), Of("b", "x"));
        Assert.NotEqual(Of("ab", "c"), Of("a", "bc"));
        Assert.Matches("^[0-9a-f]{1,8}$", Of("a", "x"));
    }
}
