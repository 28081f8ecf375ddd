using System.Diagnostics;
using System.Management.Automation;
using System.Threading.Channels;
using Kube.Module.Watching;

namespace Kube.Module.Waiting;

/// <summary>All that one command waits for, side by side, with one deadline for all.</summary>
/// <param name="timeout">How long all together may take.</param>
/// <param name="cancel">Ends it at once.</param>
sealed class ObjectWaits(TimeSpan timeout, CancellationToken cancel)
{
    // With more names of one kind and place than this one watch of all is less work to everybody than one for each.
    const int MostWatches = 16;

    static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(250);

    // What time there is, things are looked at once: a short time is for what is there already.
    static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(5);

    readonly List<ObjectWait> _waits = [];
    readonly Dictionary<(KubeConnection Connection, KubeResource Resource, string? Namespace, WaitCondition Condition), Dictionary<string, string?>> _names = [];

    /// <summary>How long all together may take.</summary>
    public TimeSpan Timeout => timeout;

    /// <summary>Waits for the object of a name too.</summary>
    /// <param name="api">Where it is.</param>
    /// <param name="resource">Its kind.</param>
    /// <param name="namespace">Its namespace.</param>
    /// <param name="name">Its name.</param>
    /// <param name="uid">Its uid; null where any object of the name will do.</param>
    /// <param name="condition">What is waited for.</param>
    public void Add(KubeApi api, KubeResource resource, string? @namespace, string name, string? uid, WaitCondition condition)
    {
        var key = (api.Connection, resource, resource.Namespaced ? @namespace : null, condition);
        if (!_names.TryGetValue(key, out var names)) _names[key] = names = [];
        names[name] = uid;
    }

    /// <summary>Waits for more.</summary>
    public void Add(ObjectWait wait) => _waits.Add(wait);

    /// <summary>Hands each outcome on, on the caller's thread, as soon as there is one, and reports how it goes.</summary>
    public void Finish(string activity, Action<WaitOutcome> finish, Action<ProgressRecord> report)
    {
        foreach (var ((connection, resource, place, condition), names) in _names)
        {
            if (names.Count > MostWatches) _waits.Add(ObjectWait.OfNames(new KubeApi(connection), resource, place, names, condition));
            else _waits.AddRange(names.Select(name => ObjectWait.OfNames(new KubeApi(connection), resource, place, new Dictionary<string, string?> { [name.Key] = name.Value }, condition)));
        }
        if (_waits.Count == 0) return;
        var news = Channel.CreateBounded<WatchNews>(new BoundedChannelOptions(256) { SingleReader = true });
        var open = _waits.Select(wait => new OpenWait(wait, news.Writer, cancel)).ToDictionary(wait => wait.Watch);
        try
        {
            Run(news.Reader, open, finish, new WaitProgress(activity, _waits, report));
        }
        finally
        {
            foreach (var wait in open.Values) wait.Dispose();
            EndAsync(open.Values.Select(wait => wait.Run)).GetAwaiter().GetResult();
        }
    }

    static async Task EndAsync(IEnumerable<Task> runs) => await Task.WhenAll(runs).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    void Run(ChannelReader<WatchNews> news, Dictionary<ObjectWatch, OpenWait> open, Action<WaitOutcome> finish, WaitProgress progress)
    {
        var clock = Stopwatch.StartNew();
        var left = open.Count;
        Task<bool>? arrival = null;
        while (left > 0)
        {
            cancel.ThrowIfCancellationRequested();
            if (clock.Elapsed >= timeout && (clock.Elapsed >= timeout + FirstLook || _waits.All(wait => wait.HasBegun || wait.IsDone)))
            {
                foreach (var outcome in _waits.SelectMany(wait => wait.GiveUp())) finish(outcome);
                break;
            }
            if (news.TryRead(out var item))
            {
                var wait = open[item.Watch];
                if (wait.Wait.IsDone) continue;
                foreach (var outcome in Take(wait.Wait, item)) finish(outcome);
                if (!wait.Wait.IsDone) continue;
                wait.Dispose();
                left--;
                continue;
            }
            // What has broken in a way that nobody foresaw must not look like silence.
            foreach (var broken in open.Values.Where(wait => wait.Run.IsFaulted)) broken.Run.GetAwaiter().GetResult();
            progress.Report();
            arrival ??= news.WaitToReadAsync(CancellationToken.None).AsTask();
            Task.WhenAny(arrival, Task.Delay(Pause(clock.Elapsed), cancel)).GetAwaiter().GetResult();
            if (arrival.IsCompleted) arrival = null;
        }
        progress.End();
    }

    TimeSpan Pause(TimeSpan elapsed) => elapsed < timeout && timeout - elapsed < ProgressInterval ? timeout - elapsed : ProgressInterval;

    static IReadOnlyList<WaitOutcome> Take(ObjectWait wait, WatchNews news)
    {
        switch (news)
        {
            case WatchNews.Begun(_, var items): return wait.Begin(items);
            case WatchNews.Changed(_, var change): return wait.Apply(change);
            case WatchNews.Failed(_, var error): return wait.Fail(error);
            case WatchNews.Troubled(_, var error, _):
                wait.Lose(error);
                return [];
            default: throw new InvalidOperationException($"{news} is no news.");
        }
    }

    /// <summary>A wait and the watch that feeds it.</summary>
    sealed class OpenWait : IDisposable
    {
        readonly CancellationTokenSource _stop;

        public OpenWait(ObjectWait wait, ChannelWriter<WatchNews> news, CancellationToken cancel)
        {
            _stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            Wait = wait;
            Watch = new ObjectWatch(wait.Api, wait.Query, wait.Pattern, known: null);
            Run = Watch.RunAsync(news, _stop.Token);
        }

        public ObjectWait Wait { get; }

        public ObjectWatch Watch { get; }

        public Task Run { get; }

        public void Dispose()
        {
            // The source itself is not disposed: its token is still looked at.
            _stop.Cancel();
        }
    }
}
