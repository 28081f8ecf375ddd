using System.Management.Automation;
using Kube.Module.Waiting;

namespace Kube.Module.Base;

/// <summary>Deletes objects of one kind.</summary>
public abstract class RemoveCmdlet : ObjectCmdlet
{
    readonly List<(KubeApi Api, KubeResource Resource, string? Namespace, string Name, string? Uid)> _leaving = [];

    /// <summary>Seconds that its containers get to stop; absent: the object's own, 0: at once.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? GracePeriod { get; set; }

    /// <summary>What becomes of the objects that belong to it.</summary>
    [Parameter]
    [ValidateSet("Background", "Foreground", "Orphan")]
    [PSDefaultValue(Value = "Background")]
    // Left to themselves servers orphan the pods of jobs and replication controllers.
    public string PropagationPolicy { get; set; } = "Background";

    /// <summary>End containers at once, as <c>-GracePeriod 0</c>.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Ask the server, and remove nothing.</summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    /// <summary>Come back once the objects are gone.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>Seconds to wait at the most for all of them.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    [PSDefaultValue(Value = 300)]
    public int TimeoutSec { get; set; } = 300;

    /// <summary>Hand the objects on.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override bool MayMeanAll => false;

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        if (Force && GracePeriod > 0) throw new KubeCmdletException(Errors.ParameterInvalid, "-Force means -GracePeriod 0: give one or the other.");
        if (MyInvocation.BoundParameters.ContainsKey(nameof(TimeoutSec)) && !Wait) throw new KubeCmdletException(Errors.ParameterInvalid, "-TimeoutSec says how long to wait: it goes with -Wait.");
        if (Wait && DryRun) throw new KubeCmdletException(Errors.ParameterInvalid, "-DryRun removes nothing that -Wait could wait for.");
    }

    /// <inheritdoc/>
    protected override void End()
    {
        var waits = new ObjectWaits(TimeSpan.FromSeconds(TimeoutSec), Cancel);
        foreach (var (api, resource, @namespace, name, uid) in _leaving) waits.Add(api, resource, @namespace, name, uid, new WaitCondition.Deleted());
        Finish(waits, "Waiting for what is removed to go", "gone", handOn: false);
    }

    /// <inheritdoc/>
    protected override void ProcessObject(KubeApi api, KubeResource resource, KubeObject subject)
    {
        CheckInput(resource, subject);
        Remove(api, resource, subject.Namespace, subject.Name, subject.Uid);
    }

    /// <inheritdoc/>
    protected override void ProcessName(KubeApi api, KubeResource resource, string? @namespace, string name) => Remove(api, resource, @namespace, name, null);

    /// <inheritdoc/>
    protected override void ProcessList(KubeApi api, KubeResource resource, IAsyncEnumerable<KubeObject> objects) =>
        ForEach(objects, item => Try(item, () => Remove(api, resource, item.Namespace, item.Name, item.Uid)));

    void Remove(KubeApi api, KubeResource resource, string? @namespace, string name, string? uid)
    {
        if (!DryRun && !Confirm(TextOf(api, resource, @namespace, name), "Remove")) return;
        var options = new DeleteOptions { GracePeriodSeconds = Force ? 0 : GracePeriod, PropagationPolicy = PropagationPolicy, Uid = uid, DryRun = DryRun };
        var removed = Await(api.DeleteAsync(resource, @namespace, name, options, Cancel));
        if (DryRun) WriteObject(new KubeFieldDifference(resource.Kind, @namespace, name, "metadata.name", KubeFieldChange.Removed, name, null));
        else if (PassThru && removed is not null) WriteObject(removed);
        if (Wait) _leaving.Add((api, resource, @namespace, name, uid ?? removed?.Uid));
    }
}
