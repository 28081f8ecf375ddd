using Kube.Watch;
using static Kube.Tests.Watch.ScriptedSource;

namespace Kube.Tests.Watch;

/// <summary>Each state with each input.</summary>
public class WatcherTests
{
    static readonly KubeConnectionException Unreachable = new(KubeConnectionFault.Unreachable, "down");

    static Task<(WatchSignal? Signal, WatchState Next)> StepAsync(WatchState state, ScriptedSource source) => Watcher.StepAsync(source, state, CancellationToken.None);

    static async Task<(ScriptedSource Source, WatchState.Watching State)> WatchingAsync(object input)
    {
        var source = new ScriptedSource(Opens, input);
        var (signal, next) = await StepAsync(new WatchState.Listed("7"), source);
        Assert.Null(signal);
        return (source, Assert.IsType<WatchState.Watching>(next));
    }

    [Fact]
    public async Task Empty_and_a_list()
    {
        var list = List("7", Pod("a", "3"));
        var (signal, next) = await StepAsync(new WatchState.Empty(), new(list));
        Assert.Equal(new WatchSignal.Restarted(list), signal);
        Assert.Equal(new WatchState.Listed("7"), next);
    }

    public static TheoryData<KubeException> Failures =>
        [Unreachable, Refusal(401), Refusal(403), Refusal(404), Refusal(410), Refusal(429), Refusal(500), Refusal(504, "Timeout", "ResourceVersionTooLarge"), new KubeStreamException("broke"), new KubeConfigException("token")];

    [Theory, MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task Empty_and_a_failure(KubeException failure)
    {
        var (signal, next) = await StepAsync(new WatchState.Empty(), new(failure));
        Assert.Same(failure, Assert.IsType<WatchSignal.Failed>(signal).Error);
        Assert.Equal(new WatchState.Empty(), next);
    }

    [Fact]
    public async Task Listed_and_a_watch_that_opens()
    {
        var (source, state) = await WatchingAsync(Closes);
        Assert.Equal(["watch 7"], source.Asked);
        Assert.Equal("7", state.ResourceVersion);
    }

    public static TheoryData<KubeException, bool> Refusals => new()
    {
        { Refusal(410, "Expired"), true }, { Refusal(410, "Gone"), true }, { Refusal(410), true }, { Refusal(400, "BadRequest"), true }, { Refusal(422), true },
        { Refusal(504, "Timeout", "ResourceVersionTooLarge"), true }, { Refusal(500, "Expired"), true },
        { Refusal(401), false }, { Refusal(403), false }, { Refusal(404), false }, { Refusal(429), false }, { Refusal(500), false }, { Refusal(504, "Timeout"), false },
        { Unreachable, false }, { new KubeStreamException("broke"), false }, { new KubeConfigException("token"), false },
    };

    [Theory, MemberData(nameof(Refusals), DisableDiscoveryEnumeration = true)]
    public async Task Listed_and_a_watch_that_is_refused(KubeException failure, bool listsAgain)
    {
        var (signal, next) = await StepAsync(new WatchState.Listed("7"), new(failure));
        Assert.Same(failure, Assert.IsType<WatchSignal.Failed>(signal).Error);
        Assert.Equal(listsAgain ? new WatchState.Empty() : new WatchState.Listed("7"), next);
    }

    [Theory]
    [InlineData(KubeWatchEventType.Added)]
    [InlineData(KubeWatchEventType.Modified)]
    [InlineData(KubeWatchEventType.Deleted)]
    public async Task Watching_and_a_change(KubeWatchEventType type)
    {
        var frame = Frame(type, "a", "9");
        var (source, state) = await WatchingAsync(frame);
        var (signal, next) = await StepAsync(state, source);
        Assert.Equal(new WatchSignal.Changed(((WatchFrame.Change)frame).Event), signal);
        Assert.Equal(state with { ResourceVersion = "9" }, next);
        Assert.Equal(["watch 7"], source.Asked);
    }

    [Fact]
    public async Task Watching_and_a_bookmark()
    {
        var (source, state) = await WatchingAsync(new WatchFrame.Bookmark("12"));
        var (signal, next) = await StepAsync(state, source);
        Assert.IsType<WatchSignal.Progressed>(signal);
        Assert.Equal(state with { ResourceVersion = "12" }, next);
    }

    [Fact]
    public async Task Watching_and_the_end()
    {
        var (source, state) = await WatchingAsync(Closes);
        var (signal, next) = await StepAsync(state with { ResourceVersion = "8" }, source);
        Assert.IsType<WatchSignal.Closed>(signal);
        Assert.Equal(new WatchState.Listed("8"), next);
        Assert.Equal(["watch 7", "closed"], source.Asked);
    }

    public static TheoryData<int, string, string?, bool> Errors => new()
    {
        { 410, "Expired", null, true }, { 410, "Gone", null, true }, { 500, "Expired", null, true }, { 504, "Timeout", "ResourceVersionTooLarge", true }, { 400, "", null, true },
        { 500, "InternalError", null, false }, { 429, "", null, false }, { 403, "Forbidden", null, false },
    };

    [Theory, MemberData(nameof(Errors))]
    public async Task Watching_and_an_error_in_the_stream(int code, string reason, string? cause, bool listsAgain)
    {
        var (source, state) = await WatchingAsync(Error(code, reason, cause));
        var (signal, next) = await StepAsync(state with { ResourceVersion = "8" }, source);
        Assert.Equal(code, Assert.IsType<KubeOperationException>(Assert.IsType<WatchSignal.Failed>(signal).Error).Status.Code);
        Assert.Equal(listsAgain ? new WatchState.Empty() : new WatchState.Listed("8"), next);
        Assert.Equal(["watch 7", "closed"], source.Asked);
    }

    [Fact]
    public async Task Watching_and_a_stream_that_breaks()
    {
        var broken = new KubeStreamException("broke");
        var (source, state) = await WatchingAsync(broken);
        var (signal, next) = await StepAsync(state with { ResourceVersion = "8" }, source);
        Assert.Same(broken, Assert.IsType<WatchSignal.Failed>(signal).Error);
        Assert.Equal(new WatchState.Listed("8"), next);
        Assert.Equal(["watch 7", "closed"], source.Asked);
    }

    [Fact]
    public async Task Cancellation_goes_through_in_every_state()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var source = new ScriptedSource(Opens);
        var (_, state) = await Watcher.StepAsync(source, new WatchState.Listed("7"), CancellationToken.None);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Watcher.StepAsync(source, state, stop.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Watcher.StepAsync(new ScriptedSource(), new WatchState.Empty(), stop.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Watcher.StepAsync(new ScriptedSource(), new WatchState.Listed("7"), stop.Token));
    }
}
