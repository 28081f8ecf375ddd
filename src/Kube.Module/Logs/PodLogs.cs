using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using Kube.Module.Watching;

namespace Kube.Module.Logs;

/// <summary>Logs of containers that are read side by side and come out as one, in the order of time.</summary>
/// <param name="mostFollowed">How many may be followed at once; others wait until one of them ends.</param>
sealed class PodLogs(int mostFollowed)
{
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200), FirstPatience = TimeSpan.FromSeconds(1);

    readonly LogMerge _merge = new(Patience, FirstPatience);
    readonly List<PodLog> _logs = [];
    readonly Queue<Action> _waiting = [];
    readonly Channel<Happening> _happened = Channel.CreateUnbounded<Happening>(new UnboundedChannelOptions { SingleReader = true });
    readonly long _start = Stopwatch.GetTimestamp();
    int _followed, _feeds;

    /// <summary>Begins to read another one.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="options">Which part, and the container.</param>
    /// <param name="open">Reads it; what is given hears of breaks.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>False where as many are followed as may be, and it has to wait.</returns>
    public bool Start(KubePod pod, LogOptions options, Func<Action<KubeLogNotice>, IAsyncEnumerable<IReadOnlyList<KubeLogText>>> open, CancellationToken cancel)
    {
        if (!options.Follow || _followed < mostFollowed)
        {
            Begin();
            return true;
        }
        _waiting.Enqueue(Begin);
        return false;

        void Begin()
        {
            if (options.Follow) _followed++;
            var log = new PodLog(pod, options.Container!, options.Follow);
            var number = _merge.Add(options.Follow, Now);
            // The place of one that has ended may be taken.
            if (number == _logs.Count) _logs.Add(log);
            else _logs[number] = log;
            void Happened() => _happened.Writer.TryWrite(new Happening(number));
            _ = Task.Run(() => log.ReadAsync(open(notice => log.Tell(notice, Happened)), Happened, cancel), CancellationToken.None);
        }
    }

    /// <summary>Hands on what a watch of pods tells, among the lines; the logs are not at their end before it is.</summary>
    public void Watch(IAsyncEnumerable<WatchNews> pods, CancellationToken cancel)
    {
        _feeds++;
        _ = Task.Run(() => HearAsync(pods, cancel), CancellationToken.None);
    }

    /// <summary>All of them, to the end. What goes wrong with one is told at once, and the others go on.</summary>
    public async IAsyncEnumerable<LogPiece> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        Task<bool>? more = null;
        while (true)
        {
            while (_happened.Reader.TryRead(out var happening))
                foreach (var piece in Hear(happening)) yield return piece;
            var step = _merge.Next(Now);
            if (step is LogMergeStep.Take take)
            {
                yield return new LogPiece.Lines(_logs[take.Source], take.Lines, take.Start, take.Count);
                foreach (var piece in Hear(take.Source)) yield return piece;
                continue;
            }
            if (step is LogMergeStep.Done && _feeds == 0) yield break;
            more ??= _happened.Reader.WaitToReadAsync(cancel).AsTask();
            if (step is LogMergeStep.Wait { Until: { } until }) await Task.WhenAny(more, Task.Delay(Positive(until - Now), cancel));
            else await more;
            cancel.ThrowIfCancellationRequested();
            if (more.IsCompleted) more = null;
        }
    }

    async Task HearAsync(IAsyncEnumerable<WatchNews> pods, CancellationToken cancel)
    {
        var taken = new SemaphoreSlim(0);
        Exception? failure = null;
        try
        {
            await foreach (var news in pods.WithCancellation(cancel))
            {
                _happened.Writer.TryWrite(new Happening(-1, news, taken));
                // Whoever does not take what comes holds up the watch, rather than filling the memory.
                await taken.WaitAsync(cancel);
            }
        }
        catch (Exception exception)
        {
            // The pipeline's thread alone may write: it gets whatever it is.
            failure = exception;
        }
        _happened.Writer.TryWrite(new Happening(-1, Failure: failure));
    }

    IEnumerable<LogPiece> Hear(Happening happening)
    {
        if (happening.Log >= 0) return Hear(happening.Log);
        if (happening.News is { } news)
        {
            happening.Taken!.Release();
            return [new LogPiece.Pods(news)];
        }
        _feeds--;
        if (happening.Failure is { } failure) ExceptionDispatchInfo.Throw(failure);
        return [];
    }

    TimeSpan Now => Stopwatch.GetElapsedTime(_start);

    // At least a tick of the timer: a wait of no length would only come back too early.
    static TimeSpan Positive(TimeSpan wait) => wait > TimeSpan.FromMilliseconds(1) ? wait : TimeSpan.FromMilliseconds(1);

    /// <summary>Takes in what has come of a log, until it has lines.</summary>
    IEnumerable<LogPiece> Hear(int number)
    {
        var log = _logs[number];
        while (_merge.IsSilent(number))
        {
            if (log.TryTake(out var news))
            {
                if (news.Lines is { } lines) _merge.Arrive(number, lines, Now);
                else yield return new LogPiece.Notice(news.Notice!.Value);
            }
            else if (log.IsOver)
            {
                _merge.End(number);
                if (log.IsFollowed)
                {
                    _followed--;
                    if (_waiting.TryDequeue(out var next)) next();
                }
                if (log.Failure is { } failure) yield return new LogPiece.Failed(log, failure);
                yield break;
            }
            else yield break;
        }
    }

    /// <summary>A log has news, or a watch of pods: what it tells, or that it has ended.</summary>
    readonly record struct Happening(int Log, WatchNews? News = null, SemaphoreSlim? Taken = null, Exception? Failure = null);
}

/// <summary>What comes out of logs that are read as one.</summary>
abstract record LogPiece
{
    LogPiece() { }

    /// <summary>Lines of one of them.</summary>
    public sealed record Lines(PodLog Log, IReadOnlyList<KubeLogText> All, int Start, int Count) : LogPiece;

    /// <summary>Something that whoever reads may want to know.</summary>
    public sealed record Notice(KubeLogNotice Told) : LogPiece;

    /// <summary>One of them cannot be read, or read on.</summary>
    public sealed record Failed(PodLog Log, Exception Exception) : LogPiece;

    /// <summary>What a watch tells of the pods whose logs are wanted.</summary>
    public sealed record Pods(WatchNews News) : LogPiece;
}
