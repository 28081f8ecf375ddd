using System.Management.Automation;

namespace Kube.Module.Base;

/// <summary>A cmdlet that changes workloads, each by itself.</summary>
public abstract class WorkloadChangeCmdlet : WorkloadCmdlet
{
    /// <summary>Hand the objects on.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Ask the server which fields would change, and change nothing.</summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    private protected override bool MayMeanAll => false;

    /// <summary>Changes one that it was said yes to, or asks what that would do.</summary>
    /// <returns>The object as it then is; null where there was nothing to change.</returns>
    private protected abstract KubeObject? Change(KubeApi api, KubeResource resource, string? @namespace, string name, WriteOptions options);

    /// <summary>What is compared with the answer to a dry run: the object, or the subresource that is changed.</summary>
    private protected virtual KubeObject Live(KubeApi api, KubeResource resource, string? @namespace, string name) => Await(api.GetAsync(resource, @namespace, name, Cancel));

    /// <summary>What is about to be done, such as <c>Restart</c>.</summary>
    private protected abstract string Action { get; }

    /// <inheritdoc/>
    protected override void ProcessObject(KubeApi api, KubeResource resource, KubeObject subject)
    {
        CheckInput(resource, subject);
        ProcessName(api, resource, subject.Namespace, subject.Name);
    }

    /// <inheritdoc/>
    protected override void ProcessName(KubeApi api, KubeResource resource, string? @namespace, string name) => CarryOut(
        TextOf(api, resource, @namespace, name), Action, DryRun, PassThru,
        () => Live(api, resource, @namespace, name),
        options => Change(api, resource, @namespace, name, options));

    /// <inheritdoc/>
    protected override void ProcessList(KubeApi api, KubeResource resource, IAsyncEnumerable<KubeObject> objects) =>
        ForEach(objects, item => Try(item, () => ProcessName(api, resource, item.Namespace, item.Name)));
}
