using Kube.Watch;
using static Kube.KubeWatchEventType;
using static Kube.Tests.Watch.ScriptedSource;

namespace Kube.Tests.Watch;

public class WatchFeedTests
{
    static readonly KubeConnectionException Down = new(KubeConnectionFault.Unreachable, "down");

    /// <summary>Runs the script to its end, or to the failure that ends it; tells the changes and the failures.</summary>
    static async Task<List<string>> RunAsync(WatchState start, KubeObject[] known, params object[] script)
    {
        var time = new ManualTime();
        var source = new ScriptedSource(script) { Time = time };
        var told = new List<string>();
        using var stop = new CancellationTokenSource();
        var feed = new WatchFeed(source, Backoff.Default, time) { OnFailure = (error, inARow) => told.Add($"{error.Message} {inARow}") };
        var run = ReadAsync();
        await Task.WhenAny(source.End.Task, run).WaitAsync(TimeSpan.FromSeconds(60));
        await stop.CancelAsync();
        await run.WaitAsync(TimeSpan.FromSeconds(60));
        return told;

        async Task ReadAsync()
        {
            try
            {
                await foreach (var change in feed.ReadAsync(start, known, stop.Token)) told.Add($"{change.Type} {change.Object.Name} {change.Object.ResourceVersion}");
            }
            catch (KubeException error)
            {
                told.Add("ended: " + error.Message);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // The script is at its end.
            }
        }
    }

    static WatchState Listed => new WatchState.Listed("7");

    [Fact]
    public async Task Who_has_the_list_is_told_what_comes_after_it() =>
        Assert.Equal(["Modified x 8", "Added y 9", "Deleted x 10"], await RunAsync(Listed, [Pod("x", "3")], Opens, Frame(Modified, "x", "8"), Frame(Added, "y", "9"), Frame(Deleted, "x", "10")));

    [Fact]
    public async Task What_is_sent_again_is_not_told_again() =>
        Assert.Equal(["Modified x 8", "broke 1", "Added y 9"],
            await RunAsync(Listed, [Pod("x", "3")], Opens, Frame(Modified, "x", "8"), new KubeStreamException("broke"), Opens, Frame(Modified, "x", "8"), Frame(Added, "x", "8"), Frame(Added, "y", "9"), Frame(Added, "y", "9")));

    [Fact]
    public async Task Failures_are_counted_until_it_works_again() =>
        Assert.Equal(["down 1", "down 2", "Added x 8", "broke 1", "down 2"],
            await RunAsync(Listed, [], Down, Down, Opens, Frame(Added, "x", "8"), new KubeStreamException("broke"), Down, Opens));

    [Fact]
    public async Task Any_failure_before_the_first_list_ends_it()
    {
        Assert.Equal(["ended: down"], await RunAsync(new WatchState.Empty(), [], Down));
        Assert.Equal(["Added x 3", "down 1"], await RunAsync(new WatchState.Empty(), [], List("7", Pod("x", "3")), Down));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(405)]
    public async Task What_is_refused_from_the_start_ends_it_at_once_and_what_worked_before_is_tried_for_a_while(int code)
    {
        Assert.Equal(["ended: no"], await RunAsync(Listed, [], Refusal(code)));
        // A server that has just started may not know yet who may do what.
        Assert.Equal(["broke 1", "no 2", "no 3", "Added x 8"], await RunAsync(Listed, [], Opens, new KubeStreamException("broke"), Refusal(code), Refusal(code), Opens, Frame(Added, "x", "8")));
        Assert.Equal(["broke 1", "no 2", "no 3", "no 4", "no 5", "ended: no"], await RunAsync(Listed, [], Opens, new KubeStreamException("broke"), Refusal(code), Refusal(code), Refusal(code), Refusal(code), Refusal(code)));
    }

    [Theory]
    [InlineData(KubeConnectionFault.NotKubernetes)]
    [InlineData(KubeConnectionFault.Certificate)]
    public async Task What_seems_to_be_another_server_after_the_list_is_tried_for_a_while(KubeConnectionFault fault)
    {
        var odd = new KubeConnectionException(fault, "odd");
        Assert.Equal(["odd 1", "odd 2", "Added x 8"], await RunAsync(Listed, [], odd, odd, Opens, Frame(Added, "x", "8")));
        Assert.Equal(["odd 1", "odd 2", "odd 3", "odd 4", "odd 5", "ended: odd"], await RunAsync(Listed, [], odd, odd, odd, odd, odd, odd));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    public async Task What_a_wait_may_mend_never_ends_it(int code) =>
        Assert.Equal(21, (await RunAsync(Listed, [], [.. Enumerable.Repeat(Refusal(code), 20), Opens, Frame(Added, "x", "8")])).Count);

    [Fact]
    public async Task After_a_long_sleep_it_lists_again_and_tells_the_difference_alone()
    {
        var told = await RunAsync(Listed, [Pod("same", "1"), Pod("changed", "2"), Pod("gone", "3")],
            Opens, Frame(Added, "new", "8"), TimeSpan.FromHours(9), new KubeStreamException("is silent"), Refusal(410, "Expired"), List("90", Pod("same", "1"), Pod("changed", "50"), Pod("new", "8")), Opens, Frame(Modified, "new", "91"));

        Assert.Equal(["Added new 8", "is silent 1", "no 2", "Deleted gone 3", "Modified changed 50", "Modified new 91"], told);
    }
}
