using System.Management.Automation;
using Kube.Module.Completion;
using Kube.Module.Waiting;

namespace Kube.Module.Base;

/// <summary>Waits for objects: all side by side, each handed on as soon as it is there.</summary>
public abstract class WaitCmdlet : FollowCmdlet
{
    WaitCondition _condition = new WaitCondition.Ready();
    ObjectWaits? _waits;

    /// <summary>What to wait for: <c>Ready</c>, <c>Created</c>, <c>Deleted</c>, <c>Condition=TYPE[=STATUS]</c>, <c>JsonPath=PATH[=VALUE]</c>, or a script block.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Value = "Ready")]
    [ArgumentCompleter(typeof(WaitConditionCompleter))]
    public object For { get; set; } = "Ready";

    /// <summary>Seconds to wait at the most, for all together.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue / 1000)]
    [PSDefaultValue(Value = 300)]
    public int TimeoutSec { get; set; } = 300;

    string Goal => _condition is WaitCondition.Script ? "as -For wants it" : For.ToString()!;

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        _condition = Read(For is PSObject wrapped ? wrapped.BaseObject : For);
        _waits = new ObjectWaits(TimeSpan.FromSeconds(TimeoutSec), Cancel);
    }

    /// <inheritdoc/>
    protected override void ProcessObject(KubeApi api, KubeResource resource, KubeObject subject)
    {
        CheckInput(resource, subject);
        // Only what ends is one and the same object; another of its name may become what is waited for.
        _waits!.Add(api, resource, subject.Namespace, subject.Name, _condition is WaitCondition.Deleted ? subject.Uid : null, _condition);
    }

    /// <inheritdoc/>
    protected override void ProcessName(KubeApi api, KubeResource resource, string? @namespace, string name) => _waits!.Add(api, resource, @namespace, name, null, _condition);

    private protected override void ProcessQuery(KubeApi api, ObjectQuery query, WildcardPattern? pattern) => _waits!.Add(ObjectWait.OfQuery(api, query, pattern, _condition));

    private protected override void ProcessNameEverywhere(KubeApi api, KubeResource resource, string name) =>
        ProcessQuery(api, new ObjectQuery(resource, null, new ListOptions { FieldSelector = "metadata.name=" + name }), null);

    /// <inheritdoc/>
    protected override void End() =>
        Finish(_waits!, $"Waiting for {(_condition is WaitCondition.Script ? "what -For wants" : Goal)}", Goal, handOn: true);

    static WaitCondition Read(object wanted)
    {
        if (wanted is ScriptBlock block) return new WaitCondition.Script(block);
        try
        {
            return WaitCondition.Parse(wanted as string ?? throw new FormatException($"An object of the type {wanted.GetType().Name} is nothing to wait for: give a text or a script block."));
        }
        catch (FormatException exception)
        {
            throw new KubeCmdletException(Errors.ParameterInvalid, exception.Message, exception);
        }
    }
}
