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
    protected override void ProcessObject(KubeApi api, KubeResource resource, KubeObject subject) => ProcessName(api, resource, subject.Namespace, subject.Name);

    /// <inheritdoc/>
    protected override void ProcessName(KubeApi api, KubeResource resource, string? @namespace, string name) => _waits!.Start(new ObjectWait(api, resource, @namespace, name, new WaitCondition.RolledOut()));

    /// <inheritdoc/>
    protected override void ProcessList(KubeApi api, KubeResource resource, IAsyncEnumerable<KubeObject> objects) => ForEach(objects, item => ProcessName(api, resource, item.Namespace, item.Name));

    /// <inheritdoc/>
    protected override void End()
    {
        using var waits = _waits!;
        waits.Finish("Waiting for rollouts", (wait, task) => Try($"{wait.Resource.Name}/{wait.Name}", () => Finish(wait, task)), WriteProgress);
    }

    void Finish(ObjectWait wait, Task<KubeObject?> task)
    {
        try
        {
            if (wait.Outcome(task, "rolled out", TimeoutSec, Cancel) is { } there) WriteObject(there);
        }
        catch (KubeCmdletException stuck) when (stuck.Error == Errors.WaitTimeout || stuck.Error == Errors.WaitFailed)
        {
            throw new KubeCmdletException(stuck.Error, stuck.Message + Await(TroubledPods.TellAsync(wait.Api, wait.Last, Cancel)), stuck);
        }
    }
}
