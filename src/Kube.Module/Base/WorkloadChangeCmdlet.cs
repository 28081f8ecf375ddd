using System.Management.Automation;

namespace Kube.Module.Base;

/// <summary>A cmdlet that changes workloads, each by itself.</summary>
public abstract class WorkloadChangeCmdlet : WorkloadCmdlet
{
    /// <summary>Hand the objects on.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Changes one that it was said yes to.</summary>
    /// <returns>The object as it then is; null where there was nothing to change.</returns>
    private protected abstract KubeObject? Change(KubeApi api, KubeResource resource, string? @namespace, string name);

    /// <summary>What is about to be done, such as <c>Restart</c>.</summary>
    private protected abstract string Action { get; }

    /// <inheritdoc/>
    protected override void ProcessObject(KubeApi api, KubeResource resource, KubeObject subject) => ProcessName(api, resource, subject.Namespace, subject.Name);

    /// <inheritdoc/>
    protected override void ProcessName(KubeApi api, KubeResource resource, string? @namespace, string name)
    {
        if (!Confirm($"{resource.Kind} {name}{(@namespace is null ? "" : " in namespace " + @namespace)}, cluster {api.Connection.Name}", Action)) return;
        var changed = Change(api, resource, @namespace, name);
        if (PassThru && changed is not null) WriteObject(changed);
    }

    /// <inheritdoc/>
    protected override void ProcessList(KubeApi api, KubeResource resource, IAsyncEnumerable<KubeObject> objects) =>
        ForEach(objects, item => Try(item, () => ProcessName(api, resource, item.Namespace, item.Name)));

    /// <inheritdoc/>
    protected override void ProcessUnnamed(KubeApi api, KubeResource resource)
    {
        if (LabelSelector is null && FieldSelector is null)
            throw new KubeCmdletException(Errors.ParameterInvalid, $"Nothing says which {resource.Name} are meant: give a name, a wildcard ('*' for all), a selector, or objects from the pipeline.");
        base.ProcessUnnamed(api, resource);
    }
}
