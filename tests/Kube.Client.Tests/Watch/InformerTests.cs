using Kube.Watch;
using static Kube.KubeWatchEventType;
using static Kube.Tests.Watch.ScriptedSource;

namespace Kube.Tests.Watch;

public class InformerTests
{
    static readonly Backoff Backoff = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(8));

    /// <summary>Runs the script to its end; tells the changes, the source and the waits.</summary>
    static async Task<(List<string> Told, ScriptedSource Source, ManualTime Time, Informer Informer)> RunAsync(params object[] script)
    {
        var time = new ManualTime();
        var source = new ScriptedSource(script) { Time = time };
        var told = new List<string>();
        var informer = new Informer(source, Backoff, time) { OnFailure = e => told.Add("failed: " + e.Message) };
        using var stop = new CancellationTokenSource();
        var run = informer.RunAsync(
            change =>
            {
                told.Add($"{change.Type} {change.Object.Name} {change.Object.ResourceVersion}");
                Assert.Equal(change.Type != Deleted || informer.Objects.Values.Any(o => o.Name == change.Object.Name && o.Uid != change.Object.Uid), informer.Objects.ContainsKey(("a", change.Object.Name)));
            }, stop.Token);
        if (await Task.WhenAny(source.End.Task, run).WaitAsync(TimeSpan.FromSeconds(60)) == run) await run;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(TimeSpan.FromSeconds(60)));
        return (told, source, time, informer);
    }

    static IEnumerable<string> Known(Informer informer) => informer.Objects.OrderBy(o => o.Key.Name, StringComparer.Ordinal).Select(o => $"{o.Key.Namespace}/{o.Key.Name} {o.Value.ResourceVersion}");

    [Fact]
    public async Task A_list_and_changes()
    {
        var (told, source, _, informer) = await RunAsync(
            List("7", Pod("x", "3"), Pod("y", "5")), Opens, Frame(Modified, "x", "8"), Frame(Added, "z", "9"), Frame(Deleted, "y", "10"));
        Assert.Equal(["Added x 3", "Added y 5", "Modified x 8", "Added z 9", "Deleted y 10"], told);
        Assert.Equal(["a/x 8", "a/z 9"], Known(informer));
        Assert.Equal(["list", "watch 7", "closed"], source.Asked);
        Assert.True(informer.Synced.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_closed_stream_goes_on_from_the_last_version()
    {
        var (told, source, _, _) = await RunAsync(
            List("7"), Opens, Frame(Added, "x", "8"), Closes, Opens, new WatchFrame.Bookmark("20"), Closes, Opens);
        Assert.Equal(["Added x 8"], told);
        Assert.Equal(["list", "watch 7", "closed", "watch 8", "closed", "watch 20", "closed"], source.Asked);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_forgotten_version_lists_again_and_tells_the_differences(bool atTheRequest)
    {
        object[] gone = atTheRequest ? [Closes, Refusal(410, "Expired")] : [Error(410, "Expired")];
        var (told, source, _, informer) = await RunAsync(
        [
            List("7", Pod("same", "1"), Pod("changed", "2"), Pod("gone", "3"), Pod("anew", "4", "old")), Opens,
            .. gone,
            List("9", Pod("anew", "8", "new"), Pod("changed", "6"), Pod("came", "7"), Pod("same", "1")), Opens,
        ]);
        Assert.Equal(["Added same 1", "Added changed 2", "Added gone 3", "Added anew 4", "failed: no"], told[..5]);
        Assert.Equal(["Deleted anew 4", "Deleted gone 3"], told[5..7].Order());
        Assert.Equal(["Added anew 8", "Modified changed 6", "Added came 7"], told[7..]);
        Assert.Equal(["a/anew 8", "a/came 7", "a/changed 6", "a/same 1"], Known(informer));
        Assert.Equal("watch 9", source.Asked[^2]);
    }

    [Fact]
    public async Task It_waits_longer_and_longer_and_begins_anew_once_it_works()
    {
        var down = new KubeConnectionException(KubeConnectionFault.Unreachable, "down");
        var (told, _, time, _) = await RunAsync(down, down, down, List("7"), down, Opens, Frame(Added, "x", "8"), new KubeStreamException("broke"), Opens);
        Assert.Equal([1, 2, 4, 8, 1], time.Waits.Select(w => w.TotalSeconds));
        Assert.Equal(["failed: down", "failed: down", "failed: down", "failed: down", "Added x 8", "failed: broke"], told);
    }

    [Fact]
    public async Task A_server_that_lists_and_then_forgets_is_not_asked_again_at_once()
    {
        var (_, _, time, _) = await RunAsync(List("1"), Refusal(410), List("2"), Opens, Error(410), List("3"), Refusal(410));
        Assert.Equal([1, 2, 4], time.Waits.Select(w => w.TotalSeconds));
    }

    [Fact]
    public async Task A_server_that_closes_each_stream_at_once_is_not_asked_again_at_once()
    {
        var (_, _, time, _) = await RunAsync(List("1"), Opens, Closes, Opens, Closes, Opens, Closes);
        Assert.Equal([1, 2, 4], time.Waits.Select(w => w.TotalSeconds));
    }

    [Fact]
    public async Task A_stream_that_lived_long_is_a_success_however_it_ends()
    {
        var down = new KubeConnectionException(KubeConnectionFault.Unreachable, "down");
        var minutes = TimeSpan.FromMinutes(5);
        var (_, _, time, _) = await RunAsync(down, down, List("1"), Opens, minutes, Closes, Opens, minutes, new KubeStreamException("broke"), down, down, Opens, Closes);
        Assert.Equal([1, 2, 1, 2, 4, 8], time.Waits.Select(w => w.TotalSeconds));
    }

    [Fact]
    public async Task What_the_server_asks_for_is_waited_for()
    {
        var (_, _, time, _) = await RunAsync(Refusal(429, "TooManyRequests", null, 25), List("1"));
        Assert.Equal([25], time.Waits.Select(w => w.TotalSeconds));
    }

    [Fact]
    public async Task Nothing_is_told_twice()
    {
        // A server may repeat what it sent, and call what is known new.
        var (told, _, _, _) = await RunAsync(
            List("7", Pod("x", "3")), Opens, Frame(Added, "x", "8"), Frame(Deleted, "y", "9"), Frame(Modified, "z", "10"), Frame(Deleted, "z", "11"), Frame(Deleted, "z", "11"));
        Assert.Equal(["Added x 3", "Modified x 8", "Added z 10", "Deleted z 11"], told);
    }

    [Fact]
    public async Task A_snapshot_does_not_change()
    {
        var source = new ScriptedSource(List("7", Pod("x", "3")), Opens, Frame(Deleted, "x", "8"));
        var informer = new Informer(source, Backoff, new ManualTime());
        using var stop = new CancellationTokenSource();
        IReadOnlyDictionary<(string?, string), KubeObject>? first = null;
        var run = informer.RunAsync(_ => first ??= informer.Objects, stop.Token);
        await source.End.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Single(first!);
        Assert.Empty(informer.Objects);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    [Fact]
    public async Task What_the_callback_throws_ends_the_run_and_closes_the_stream()
    {
        var source = new ScriptedSource(List("7"), Opens, Frame(Added, "x", "8"));
        var informer = new Informer(source, Backoff, new ManualTime());
        await Assert.ThrowsAsync<InvalidDataException>(() => informer.RunAsync(_ => throw new InvalidDataException(), CancellationToken.None));
        Assert.Equal("closed", source.Asked[^1]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => informer.RunAsync(_ => { }, CancellationToken.None));
    }

    [Fact]
    public async Task Who_waits_for_the_first_list_hears_of_the_end()
    {
        using var stop = new CancellationTokenSource();
        var source = new ScriptedSource();
        var informer = new Informer(source, Backoff, new ManualTime());
        var run = informer.RunAsync(_ => { }, stop.Token);
        await source.End.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.False(informer.Synced.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => informer.Synced.WaitAsync(TimeSpan.FromSeconds(60)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);

        var failing = new Informer(new ScriptedSource(List("1", Pod("x", "1"))), Backoff, new ManualTime());
        await Assert.ThrowsAsync<InvalidDataException>(() => failing.RunAsync(_ => throw new InvalidDataException(), CancellationToken.None));
        await Assert.ThrowsAsync<InvalidDataException>(() => failing.Synced);
    }
}
