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

    private protected abstract bool Unschedulable { get; }

    private protected abstract string Action { get; }

    /// <inheritdoc/>
    protected override KubeResource GetResource(KubeApi api) => KubeResources.Nodes;

    /// <inheritdoc/>
    protected override void ProcessObject(KubeApi api, KubeResource resource, KubeObject subject)
    {
        CheckKind(resource, subject);
        ProcessName(api, resource, null, subject.Name);
    }

    /// <inheritdoc/>
    protected override void ProcessName(KubeApi api, KubeResource resource, string? @namespace, string name)
    {
        if (DryRun)
        {
            var live = Await(api.GetAsync(resource, null, name, Cancel));
            WriteObject(KubeChanges.Between(live, Await(Cordon.SetAsync(api, name, Unschedulable, Cancel, new WriteOptions { DryRun = true }))), enumerateCollection: true);
            return;
        }
        if (!Confirm($"Node {name}, cluster {api.Connection.Name}", Action)) return;
        var node = Await(Cordon.SetAsync(api, name, Unschedulable, Cancel));
        if (PassThru) WriteObject(node);
    }

    /// <inheritdoc/>
    protected override void ProcessList(KubeApi api, KubeResource resource, IAsyncEnumerable<KubeObject> objects) =>
        ForEach(objects, item => Try(item, () => ProcessName(api, resource, null, item.Name)));

    /// <inheritdoc/>
    protected override void ProcessUnnamed(KubeApi api, KubeResource resource)
    {
        if (LabelSelector is null && FieldSelector is null)
            throw new KubeCmdletException(Errors.ParameterInvalid, "Nothing says which nodes are meant: give a name, a wildcard ('*' for all), a selector, or nodes from the pipeline.");
        base.ProcessUnnamed(api, resource);
    }
}
