using Kube.Module.Logs;

namespace Kube.Module.Tests.Logs;

public class LogMergeTests
{
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200), First = TimeSpan.FromSeconds(1);

    static TimeSpan At(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    static List<KubeLogText> Lines(params (long? Time, string Text)[] lines) => [.. lines.Select(line => new KubeLogText(line.Time, line.Text))];

    /// <summary>Takes all that may be handed on now.</summary>
    static (string Text, LogMergeStep Then) Drain(LogMerge merge, TimeSpan now)
    {
        var texts = new List<string>();
        while (true)
        {
            var step = merge.Next(now);
            if (step is not LogMergeStep.Take take) return (string.Join(' ', texts), step);
            Assert.True(take.Count > 0);
            for (var i = take.Start; i < take.Start + take.Count; i++) texts.Add(take.Lines[i].Text);
        }
    }

    [Fact]
    public void Lines_come_in_the_order_of_time_and_at_the_same_time_in_that_of_their_logs()
    {
        var merge = new LogMerge(Patience, First);
        int a = merge.Add(false, At(0)), b = merge.Add(false, At(0));
        merge.Arrive(a, Lines((1, "a1"), (3, "a3"), (5, "a5")), At(1));
        Assert.Equal(new LogMergeStep.Wait(null), merge.Next(At(60_000)));
        merge.Arrive(b, Lines((2, "b2"), (3, "b3"), (4, "b4")), At(1));
        Assert.Equal(("a1 b2 a3 b3 b4", new LogMergeStep.Wait(null)), Drain(merge, At(1)));
        merge.Arrive(b, Lines((6, "b6")), At(2));
        Assert.Equal("a5", Drain(merge, At(2)).Text);
        merge.End(a);
        Assert.Equal("b6", Drain(merge, At(2)).Text);
        merge.End(b);
        Assert.Equal(new LogMergeStep.Done(), merge.Next(At(2)));
    }

    [Fact]
    public void One_log_alone_waits_for_nobody()
    {
        var merge = new LogMerge(Patience, First);
        var a = merge.Add(false, At(0));
        merge.Arrive(a, Lines((2, "x"), (1, "y"), (null, "z")), At(0));
        Assert.Equal(3, Assert.IsType<LogMergeStep.Take>(merge.Next(At(0))).Count);
        Assert.True(merge.IsSilent(a));
    }

    [Fact]
    public void A_line_without_a_time_stays_behind_the_one_before_it()
    {
        var merge = new LogMerge(Patience, First);
        int a = merge.Add(false, At(0)), b = merge.Add(false, At(0));
        merge.Arrive(a, Lines((1, "a1"), (null, "a-"), (9, "a9")), At(0));
        merge.Arrive(b, Lines((null, "b-"), (2, "b2")), At(0));
        merge.End(merge.Add(false, At(0)));
        Assert.Equal("b- a1 a- b2", Drain(merge, At(0)).Text);
    }

    [Fact]
    public void A_quiet_log_that_is_followed_is_waited_for_no_longer_than_a_moment()
    {
        var merge = new LogMerge(Patience, First);
        int a = merge.Add(true, At(0)), b = merge.Add(true, At(0));
        merge.Arrive(a, Lines((10, "a10")), At(100));
        // It may not even have begun.
        Assert.Equal(new LogMergeStep.Wait(At(1000)), merge.Next(At(100)));
        merge.Arrive(b, Lines((5, "b5")), At(150));
        Assert.Equal(("b5", new LogMergeStep.Wait(At(300))), Drain(merge, At(150)));
        Assert.Equal(("a10", new LogMergeStep.Wait(null)), Drain(merge, At(300)));
        merge.Arrive(a, Lines((20, "a20"), (30, "a30")), At(2000));
        Assert.Equal(("", new LogMergeStep.Wait(At(2200))), Drain(merge, At(2100)));
        merge.Arrive(b, Lines((25, "b25")), At(2150));
        Assert.Equal("a20 b25", Drain(merge, At(2150)).Text);
        Assert.Equal(("a30", new LogMergeStep.Wait(null)), Drain(merge, At(2200)));
    }

    [Fact]
    public void The_place_of_a_log_that_has_ended_is_taken_by_the_next()
    {
        var merge = new LogMerge(Patience, First);
        int a = merge.Add(true, At(0)), b = merge.Add(true, At(0));
        merge.Arrive(a, Lines((5, "a5")), At(1));
        merge.End(b);
        Assert.Equal("a5", Drain(merge, At(1)).Text);
        Assert.Equal(b, merge.Add(true, At(2000)));
        Assert.True(merge.IsSilent(b));
        merge.Arrive(b, Lines((1, "c1")), At(2000));
        // Older than what went before; but a's last line is no measure for it.
        Assert.Equal("c1", Drain(merge, At(2200)).Text);
        merge.End(a);
        merge.End(b);
        Assert.Equal(new LogMergeStep.Done(), merge.Next(At(3000)));
        Assert.InRange(merge.Add(true, At(3000)), 0, 1);
        Assert.IsType<LogMergeStep.Wait>(merge.Next(At(3000)));
    }

    [Fact]
    public void Whatever_the_pieces_the_order_is_that_of_time()
    {
        var random = new Random(7);
        for (var round = 0; round < 50; round++)
        {
            var logs = Enumerable.Range(0, 5).Select(log => Enumerable.Range(0, random.Next(30)).Select(_ => (long?)random.Next(100)).Order().Select((time, i) => new KubeLogText(time, $"{log}.{i}")).ToList()).ToArray();
            var merge = new LogMerge(Patience, First);
            foreach (var _ in logs) merge.Add(false, At(0));
            var next = new int[logs.Length];
            var merged = new List<KubeLogText>();
            while (merge.Next(At(0)) is var step and not LogMergeStep.Done)
            {
                if (step is LogMergeStep.Take take) merged.AddRange(take.Lines.Skip(take.Start).Take(take.Count));
                else
                {
                    var silent = Enumerable.Range(0, logs.Length).First(merge.IsSilent);
                    var piece = logs[silent].Skip(next[silent]).Take(1 + random.Next(4)).ToList();
                    next[silent] += piece.Count;
                    if (piece.Count > 0) merge.Arrive(silent, piece, At(0));
                    else merge.End(silent);
                }
            }
            Assert.Equal(logs.SelectMany((lines, log) => lines.Select(line => (line, log))).OrderBy(x => (x.line.Nanoseconds, x.log)).Select(x => x.line), merged);
        }
    }
}
