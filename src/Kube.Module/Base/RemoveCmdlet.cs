using System.Management.Automation;

namespace Kube.Module.Base;

/// <summary>Deletes objects of one kind.</summary>
public abstract class RemoveCmdlet : ObjectCmdlet
{
    /// <summary>Seconds that its containers get to stop; absent: the object's own, 0: at once.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? GracePeriod { get; set; }

    /// <summary>What becomes of the objects that belong to it.</summary>
    [Parameter]
    [ValidateSet("Background", "Foreground", "Orphan")]
    public string? PropagationPolicy { get; set; }

    /// <summary>Hand the objects on.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>What becomes of them where the command does not say; null: what the server thinks best.</summary>
    private protected virtual string? DefaultPropagation => null;

    /// <inheritdoc/>
    protected override void ProcessObject(KubeApi api, KubeResource resource, KubeObject subject)
    {
        CheckKind(resource, subject);
        Remove(api, resource, subject.Namespace, subject.Name, subject.Uid);
    }

    /// <inheritdoc/>
    protected override void ProcessName(KubeApi api, KubeResource resource, string? @namespace, string name) => Remove(api, resource, @namespace, name, null);

    /// <inheritdoc/>
    protected override void ProcessList(KubeApi api, KubeResource resource, IAsyncEnumerable<KubeObject> objects) =>
        ForEach(objects, item => Try(item, () => Remove(api, resource, item.Namespace, item.Name, item.Uid)));

    /// <inheritdoc/>
    protected override void ProcessUnnamed(KubeApi api, KubeResource resource)
    {
        if (LabelSelector is null && FieldSelector is null)
            throw new KubeCmdletException(Errors.ParameterInvalid, $"Nothing says which {resource.Name} to remove: give a name, a wildcard ('*' for all), a selector, or objects from the pipeline.");
        base.ProcessUnnamed(api, resource);
    }

    void Remove(KubeApi api, KubeResource resource, string? @namespace, string name, string? uid)
    {
        var target = @namespace is null ? name : $"{name} in namespace {@namespace}";
        if (!Confirm($"{resource.Kind} {target}, cluster {api.Connection.Name}", "Remove")) return;
        var options = new DeleteOptions { GracePeriodSeconds = GracePeriod, PropagationPolicy = PropagationPolicy ?? DefaultPropagation, Uid = uid };
        var removed = Await(api.DeleteAsync(resource, @namespace, name, options, Cancel));
        if (PassThru && removed is not null) WriteObject(removed);
    }
}
