using System.Management.Automation;
using Kube.Module.Completion;
using Kube.Module.Waiting;

namespace Kube.Module.Base;

/// <summary>Waits for objects: all side by side, each handed on as soon as it is there.</summary>
public abstract class WaitCmdlet : ObjectCmdlet
{
    static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(250);

    readonly List<(ObjectWait Wait, Task<KubeObject?> Task)> _waits = [];
    readonly CancellationTokenSource _deadline = new();
    CancellationTokenRegistration _stopped;
    WaitCondition _condition = new WaitCondition.Deleted();

    /// <summary>What to wait for: <c>Ready</c>, <c>Deleted</c> or <c>Condition=TYPE[=STATUS]</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Value = "Ready")]
    [ArgumentCompleter(typeof(WaitConditionCompleter))]
    public string For { get; set; } = "Ready";

    /// <summary>Seconds to wait at the most, for all together.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue / 1000)]
    [PSDefaultValue(Value = 300)]
    public int TimeoutSec { get; set; } = 300;

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        try
        {
            _condition = WaitCondition.Parse(For);
        }
        catch (FormatException exception)
        {
            throw new KubeCmdletException(Errors.ParameterInvalid, exception.Message, exception);
        }
        _stopped = Cancel.Register(_deadline.Cancel);
        _deadline.CancelAfter(TimeSpan.FromSeconds(TimeoutSec));
    }

    /// <inheritdoc/>
    protected override void ProcessObject(KubeApi api, KubeResource resource, KubeObject subject)
    {
        CheckKind(resource, subject);
        Start(api, resource, subject.Namespace, subject.Name);
    }

    /// <inheritdoc/>
    protected override void ProcessName(KubeApi api, KubeResource resource, string? @namespace, string name) => Start(api, resource, @namespace, name);

    /// <inheritdoc/>
    protected override void ProcessList(KubeApi api, KubeResource resource, IAsyncEnumerable<KubeObject> objects) =>
        ForEach(objects, item => Start(api, resource, item.Namespace, item.Name));

    /// <inheritdoc/>
    protected override void End()
    {
        using (_deadline)
        using (_stopped)
        {
            while (_waits.Count > 0)
            {
                Await(Task.WhenAny([Task.Delay(ProgressInterval), .. _waits.Select(wait => wait.Task)]));
                foreach (var finished in _waits.Where(wait => wait.Task.IsCompleted).ToArray())
                {
                    _waits.Remove(finished);
                    Try($"{finished.Wait.Resource.Name}/{finished.Wait.Name}", () => Finish(finished.Wait, finished.Task));
                }
                ReportProgress();
            }
        }
    }

    void Start(KubeApi api, KubeResource resource, string? @namespace, string name)
    {
        var wait = new ObjectWait(api, resource, @namespace, name, _condition);
        _waits.Add((wait, wait.RunAsync(_deadline.Token)));
    }

    void Finish(ObjectWait wait, Task<KubeObject?> task)
    {
        try
        {
            if (Await(task) is { } there) WriteObject(there);
        }
        catch (WaitFailedException exception)
        {
            throw new KubeCmdletException(Errors.WaitFailed, $"{wait.Resource.Kind} '{wait.Name}' will not be {For}: {exception.Message}.", exception);
        }
        catch (OperationCanceledException exception) when (!Cancel.IsCancellationRequested)
        {
            throw new KubeCmdletException(Errors.WaitTimeout, $"{wait.Resource.Kind} '{wait.Name}' is not {For} after {TimeoutSec} s: {wait.Reason}.", exception);
        }
    }

    void ReportProgress()
    {
        var record = new ProgressRecord(0, $"Waiting for {For}", _waits.Count == 0 ? "done" : $"{_waits.Count} to go; {_waits[0].Wait.Name}: {_waits[0].Wait.Reason}");
        if (_waits.Count == 0) record.RecordType = ProgressRecordType.Completed;
        WriteProgress(record);
    }
}
