using System.Management.Automation;

namespace Kube.Module.Base;

/// <summary>Says whether nodes take new pods.</summary>
public abstract class SchedulingCmdlet : ObjectCmdlet
{
    /// <summary>Hand the nodes on.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Ask the server which fields would change, and change nothing.</summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    private protected override bool MayMeanAll => false;

    private protected abstract bool Unschedulable { get; }

    private protected abstract string Action { get; }

    /// <inheritdoc/>
    protected override KubeResource GetResource(KubeApi api) => KubeResources.Nodes;

    /// <inheritdoc/>
    protected override void ProcessObject(KubeApi api, KubeResource resource, KubeObject subject)
    {
        CheckInput(resource, subject);
        ProcessName(api, resource, null, subject.Name);
    }

    /// <inheritdoc/>
    protected override void ProcessName(KubeApi api, KubeResource resource, string? @namespace, string name) => CarryOut(
        TextOf(api, resource, null, name), Action, DryRun, PassThru,
        () => Await(api.GetAsync(resource, null, name, Cancel)),
        options => Await(Cordon.SetAsync(api, name, Unschedulable, options, Cancel)));

    /// <inheritdoc/>
    protected override void ProcessList(KubeApi api, KubeResource resource, IAsyncEnumerable<KubeObject> objects) =>
        ForEach(objects, item => Try(item, () => ProcessName(api, resource, null, item.Name)));
}
