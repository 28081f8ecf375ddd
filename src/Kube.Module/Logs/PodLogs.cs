using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Kube.Module.Logs;

/// <summary>Logs of containers that are read side by side and come out as one, in the order of time.</summary>
sealed class PodLogs
{
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200), FirstPatience = TimeSpan.FromSeconds(1);

    readonly LogMerge _merge = new(Patience, FirstPatience);
    readonly List<PodLog> _logs = [];
    readonly Channel<int> _happened = Channel.CreateUnbounded<int>(new UnboundedChannelOptions { SingleReader = true });
    readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>How many there are.</summary>
    public int Count => _logs.Count;

    /// <summary>Begins to read another one.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="options">Which part, and the container.</param>
    /// <param name="open">Reads it; what is given hears of breaks.</param>
    /// <param name="cancel">Ends it.</param>
    public void Start(KubePod pod, LogOptions options, Func<Action<KubeLogNotice>, IAsyncEnumerable<IReadOnlyList<KubeLogText>>> open, CancellationToken cancel)
    {
        var log = new PodLog(pod, options.Container!);
        _logs.Add(log);
        var number = _merge.Add(options.Follow, Now);
        void Happened() => _happened.Writer.TryWrite(number);
        _ = Task.Run(() => log.ReadAsync(open(notice => log.Tell(notice, Happened)), Happened, cancel), CancellationToken.None);
    }

    /// <summary>All of them, to the end. What goes wrong with one is told at once, and the others go on.</summary>
    public async IAsyncEnumerable<LogPiece> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        Task<bool>? more = null;
        while (true)
        {
            while (_happened.Reader.TryRead(out var number))
                foreach (var piece in Hear(number)) yield return piece;
            switch (_merge.Next(Now))
            {
                case LogMergeStep.Done:
                    yield break;
                case LogMergeStep.Take take:
                    yield return new LogPiece.Lines(_logs[take.Source], take.Lines, take.Start, take.Count);
                    foreach (var piece in Hear(take.Source)) yield return piece;
                    break;
                case LogMergeStep.Wait wait:
                    more ??= _happened.Reader.WaitToReadAsync(cancel).AsTask();
                    if (wait.Until is { } until) await Task.WhenAny(more, Task.Delay(Positive(until - Now), cancel));
                    else await more;
                    cancel.ThrowIfCancellationRequested();
                    if (more.IsCompleted) more = null;
                    break;
            }
        }
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
                else yield return new LogPiece.Notice(log, news.Notice!.Value);
            }
            else if (log.IsOver)
            {
                _merge.End(number);
                if (log.Failure is { } failure) yield return new LogPiece.Failed(log, failure);
            }
            else yield break;
        }
    }
}

/// <summary>What comes out of logs that are read as one.</summary>
abstract record LogPiece(PodLog Log)
{
    /// <summary>Lines of one of them.</summary>
    public sealed record Lines(PodLog Log, IReadOnlyList<KubeLogText> All, int Start, int Count) : LogPiece(Log);

    /// <summary>Something that whoever reads may want to know.</summary>
    public sealed record Notice(PodLog Log, KubeLogNotice Told) : LogPiece(Log);

    /// <summary>One of them cannot be read, or read on.</summary>
    public sealed record Failed(PodLog Log, Exception Exception) : LogPiece(Log);
}
