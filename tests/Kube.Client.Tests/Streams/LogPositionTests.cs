using Kube.Streams;

namespace Kube.Tests.Streams;

public class LogPositionTests
{
    const long Second = 1_000_000_000;

    /// <summary>Reads a log in turns that break off, as a server gives it that takes whole seconds, and returns what is new.</summary>
    static List<long> Read(long[] log, params int[] turns)
    {
        var position = new LogPosition();
        var read = new List<long>();
        foreach (var turn in turns)
        {
            var since = position.Since?.ToUnixTimeSeconds() * Second ?? long.MinValue;
            position.Resume();
            read.AddRange(log[..turn].Where(time => time >= since).ToArray().Where(position.Advance));
        }
        return read;
    }

    [Fact]
    public void Before_the_first_line_there_is_no_time_to_ask_for() => Assert.Null(new LogPosition().Since);

    [Theory]
    [InlineData(new long[] { 1, 1, 1, 2, 2 })]
    [InlineData(new long[] { Second - 1, Second, Second, Second, Second + 1, 3 * Second })]
    [InlineData(new long[] { 5 * Second, (5 * Second) + 900, (6 * Second) - 1, 6 * Second, 6 * Second })]
    // Two streams of one container are written side by side, and their times may be a little out of order.
    [InlineData(new long[] { 10, 30, 20, 20, 40 })]
    [InlineData(new long[] { 5, 9 * Second, (8 * Second) + 1, (9 * Second) + 1, (10 * Second) - 1, 10 * Second, (10 * Second) - 2 })]
    [InlineData(new long[] { Second - 2, Second, Second - 1, Second + 2, Second + 1, 2 * Second })]
    public void However_it_breaks_no_line_is_lost_or_comes_twice(long[] log)
    {
        for (var first = 0; first <= log.Length; first++)
            for (var second = first; second <= log.Length; second++)
                Assert.Equal(log, Read(log, first, second, log.Length));
    }

    [Fact]
    public void Of_a_log_that_was_rotated_meanwhile_nothing_new_is_counted_off()
    {
        var position = new LogPosition();
        foreach (var time in new long[] { 1, 2, 3 }) Assert.True(position.Advance(time));
        position.Resume();
        Assert.False(position.Advance(3));
        Assert.True(position.Advance(4));
        Assert.True(position.Advance(4));
    }
}
