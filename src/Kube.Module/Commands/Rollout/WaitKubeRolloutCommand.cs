using System.Management.Automation;
using Kube.Module.Base;
using Kube.Module.Rollouts;
using Kube.Module.Waiting;

namespace Kube.Module.Commands;

/// <summary>Waits until deployments, stateful and daemon sets run their newest template alone.</summary>
[Cmdlet(VerbsLifecycle.Wait, "KubeRollout")]
[OutputType(typeof(KubeObject))]
public sealed class WaitKubeRolloutCommand : WorkloadCmdlet
{
    ObjectWaits? _waits;

    /// <summary>Seconds to wait at the most, for all together.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue / 1000)]
    [PSDefaultValue(Value = 300)]
    public int TimeoutSec { get; set; } = 300;

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        _waits = new ObjectWaits(TimeSpan.FromSeconds(TimeoutSec), Cancel);
    }

    private protected override void CheckResource(KubeResource resource) => RolloutKinds.Check(resource);

    /// <inheritdoc/>
    protected override void ProcessObject(KubeApi api, KubeResource resource, KubeObject subject)
    {
        CheckInput(resource, subject);
        ProcessName(api, resource, subject.Namespace, subject.Name);
    }

    /// <inheritdoc/>
    protected override void ProcessName(KubeApi api, KubeResource resource, string? @namespace, string name) => _waits!.Add(api, resource, @namespace, name, null, new WaitCondition.RolledOut());

    /// <inheritdoc/>
    protected override void ProcessList(KubeApi api, KubeResource resource, IAsyncEnumerable<KubeObject> objects) => ForEach(objects, item => ProcessName(api, resource, item.Namespace, item.Name));

    /// <inheritdoc/>
    protected override void End() => Finish(_waits!, "Waiting for rollouts", "rolled out", handOn: true);
}
