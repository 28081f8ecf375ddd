using System.Management.Automation;
using Kube.Module.Completion;
using Kube.Module.Waiting;

namespace Kube.Module.Base;

/// <summary>Waits for objects: all side by side, each handed on as soon as it is there.</summary>
public abstract class WaitCmdlet : ObjectCmdlet
{
    ObjectWaits? _waits;
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
        _waits = new ObjectWaits(TimeSpan.FromSeconds(TimeoutSec), Cancel);
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
        using var waits = _waits!;
        waits.Finish($"Waiting for {For}", (wait, task) => Try($"{wait.Resource.Name}/{wait.Name}", () => Finish(wait, task)), WriteProgress);
    }

    void Start(KubeApi api, KubeResource resource, string? @namespace, string name) => _waits!.Start(new ObjectWait(api, resource, @namespace, name, _condition));

    void Finish(ObjectWait wait, Task<KubeObject?> task)
    {
        if (wait.Outcome(task, For, TimeoutSec, Cancel) is { } there) WriteObject(there);
    }
}
