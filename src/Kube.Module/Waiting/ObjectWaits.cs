using System.Management.Automation;

namespace Kube.Module.Waiting;

/// <summary>Objects that one command waits for, side by side, with one deadline for all.</summary>
sealed class ObjectWaits : IDisposable
{
    static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(250);

    readonly List<(ObjectWait Wait, Task<KubeObject?> Task)> _waits = [];
    readonly CancellationTokenSource _deadline = new();
    readonly CancellationTokenRegistration _stopped;

    /// <param name="timeout">How long all together may take.</param>
    /// <param name="cancel">Ends it at once.</param>
    public ObjectWaits(TimeSpan timeout, CancellationToken cancel)
    {
        _stopped = cancel.Register(_deadline.Cancel);
        _deadline.CancelAfter(timeout);
    }

    /// <summary>Begins to wait for one more.</summary>
    public void Start(ObjectWait wait) => _waits.Add((wait, wait.RunAsync(_deadline.Token)));

    /// <summary>Hands each on, on the caller's thread, as soon as its wait has ended, and reports how it goes.</summary>
    public void Finish(string activity, Action<ObjectWait, Task<KubeObject?>> finish, Action<ProgressRecord> report)
    {
        while (_waits.Count > 0)
        {
            Task.WhenAny([Task.Delay(ProgressInterval), .. _waits.Select(wait => wait.Task)]).GetAwaiter().GetResult();
            foreach (var finished in _waits.Where(wait => wait.Task.IsCompleted).ToArray())
            {
                _waits.Remove(finished);
                finish(finished.Wait, finished.Task);
            }
            report(_waits.Count == 0
                ? new ProgressRecord(0, activity, "done") { RecordType = ProgressRecordType.Completed }
                : new ProgressRecord(0, activity, $"{_waits.Count} to go; {_waits[0].Wait.Name}: {_waits[0].Wait.Reason}"));
        }
    }

    public void Dispose()
    {
        _stopped.Dispose();
        _deadline.Dispose();
    }
}
