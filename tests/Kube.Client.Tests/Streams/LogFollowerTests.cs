namespace Kube.Tests.Streams;

public class LogFollowerTests
{
    static List<(int, string)> Lines(params int[] times) => [.. times.Select((time, i) => (time, $"line {i}"))];

    static string[] Texts(int count, int from = 0) => [.. Enumerable.Range(from, count).Select(i => $"line {i}")];

    static FollowedPod Pod(string[] looks, List<(int, string)>[] attempts, Func<int, FollowedPod.Answer> answers)
    {
        var pod = new FollowedPod { Attempts = attempts, Answers = answers };
        foreach (var look in looks) pod.Looks.Enqueue(look);
        return pod;
    }

    [Fact]
    public async Task However_often_the_connection_breaks_no_line_is_lost_or_comes_twice()
    {
        var pod = Pod([.. Enumerable.Repeat(FollowedPod.Running(0), 9), FollowedPod.Over(0)], [Lines(1, 1, 999, 1000, 1000, 1000, 1001, 2500, 2500, 9000)],
            n => n < 9 ? new(Lines: n + 1, Half: "2026-01-01T00:00:09", Breaks: n % 2 == 0) : new());
        var (lines, _) = await pod.FollowAsync();
        Assert.Equal(Texts(10), lines);
        // Where a stream ends well the container may have ended: it is looked at, and read once more to its end.
        Assert.DoesNotContain("follow", pod.Asked.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_last_line_without_an_end_is_whole_when_the_container_has_ended()
    {
        var pod = Pod([FollowedPod.Running(0), FollowedPod.Over(0)], [Lines(1)], n => new(Half: n == 0 ? "2026-01-01T00:00:02Z hal" : "2026-01-01T00:00:02Z half"));
        Assert.Equal(["line 0", "half"], (await pod.FollowAsync()).Lines);
    }

    [Fact]
    public async Task A_container_that_is_started_again_is_followed_on_with_the_end_of_the_one_before()
    {
        var pod = Pod([FollowedPod.Running(0), FollowedPod.Running(1), FollowedPod.Running(1), FollowedPod.Over(1)],
            [Lines(1, 2, 3, 4), [(5000, "new 0"), (5001, "new 1")]],
            n => n switch { 0 => new(Lines: 2, Breaks: true), 1 => new(Previous: 0), _ => new(Attempt: 1) });
        var (lines, notices) = await pod.FollowAsync();
        Assert.Equal([.. Texts(4), "new 0", "new 1"], lines);
        Assert.Contains("previous=true", pod.Asked.ElementAt(1), StringComparison.Ordinal);
        Assert.DoesNotContain(notices, notice => notice.IsWarning);
    }

    [Fact]
    public async Task It_waits_between_attempts_and_says_which_ones_it_has_missed()
    {
        var pod = Pod([FollowedPod.Running(0), FollowedPod.Ended(0), FollowedPod.Ended(0), FollowedPod.Running(3), FollowedPod.Gone], [Lines(1), [(9000, "new")]], n => new(Attempt: n < 2 ? 0 : 1));
        var (lines, notices) = await pod.FollowAsync();
        Assert.Equal(["line 0", "new"], lines);
        Assert.Contains("restarted 3 times", Assert.Single(notices, notice => notice.IsWarning).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_that_is_still_to_start_is_waited_for()
    {
        var pod = Pod([FollowedPod.Waiting, FollowedPod.Waiting, FollowedPod.Running(0), FollowedPod.Over(0)], [Lines(1)], _ => new());
        var (lines, notices) = await pod.FollowAsync();
        Assert.Equal(["line 0"], lines);
        Assert.Contains("ImagePullBackOff", Assert.Single(notices).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_that_fails_for_a_while_is_asked_again()
    {
        var pod = Pod([FollowedPod.Running(0), FollowedPod.Running(0), FollowedPod.Running(0), FollowedPod.Over(0)], [Lines(1, 2)], n => n is > 0 and < 6 ? new(Status: 500) : new(Lines: n == 0 ? 1 : 2));
        var (lines, notices) = await pod.FollowAsync();
        Assert.Equal(Texts(2), lines);
        Assert.Contains("no way to the node", Assert.Single(notices, notice => notice.IsWarning).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_refused_at_the_start_is_an_error()
    {
        var pod = Pod([FollowedPod.Running(0)], [[]], _ => new(Status: 500));
        Assert.Equal("no way to the node", (await Assert.ThrowsAsync<KubeOperationException>(() => pod.FollowAsync())).Message);
        var gone = Pod([FollowedPod.Gone], [[]], _ => new());
        Assert.Equal(404, (await Assert.ThrowsAsync<KubeOperationException>(() => gone.FollowAsync())).Status.Code);
    }

    [Fact]
    public async Task What_was_left_out_at_the_start_does_not_come_later()
    {
        var pod = Pod([FollowedPod.Running(0), FollowedPod.Running(0), FollowedPod.Over(0)], [Lines(1, 2, 3, 2000)], n => new(Lines: n == 0 ? 3 : 4, Breaks: n == 0));
        Assert.Equal(["line 2", "line 3"], (await pod.FollowAsync(new LogOptions { TailLines = 1 })).Lines);
        Assert.Single(pod.Asked, asked => asked.Contains("tailLines", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_ends_with_the_bytes_that_were_asked_for()
    {
        var pod = Pod([FollowedPod.Running(0)], [Lines(1, 2, 3)], _ => new());
        Assert.Equal(["line 0", "li"], (await pod.FollowAsync(new LogOptions { LimitBytes = 9 })).Lines);
    }
}
