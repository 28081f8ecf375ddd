using System.Diagnostics;
using System.Management.Automation;

namespace Kube.Module.Waiting;

/// <summary>Reports how waits go, a few times a second at the most.</summary>
sealed class WaitProgress(string activity, IReadOnlyList<ObjectWait> waits, Action<ProgressRecord> report)
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    readonly Stopwatch _clock = new();

    public void Report()
    {
        if (_clock.IsRunning && _clock.Elapsed < Interval) return;
        _clock.Restart();
        var (settled, pending) = (waits.Sum(wait => wait.Settled), waits.Sum(wait => wait.Pending));
        report(new ProgressRecord(0, activity, $"{pending} to go; {waits.First(wait => !wait.IsDone).Reason}") { PercentComplete = settled * 100 / (settled + pending) });
    }

    public void End() => report(new ProgressRecord(0, activity, "done") { RecordType = ProgressRecordType.Completed });
}
