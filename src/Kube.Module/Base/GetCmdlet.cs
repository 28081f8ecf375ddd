namespace Kube.Module.Base;

/// <summary>Reads objects of one kind.</summary>
public abstract class GetCmdlet : ObjectCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessObject(KubeApi api, KubeResource resource, KubeObject subject)
    {
        if (subject is { Kind: "Namespace", ApiVersion: "v1" } && resource.Namespaced)
        {
            ProcessList(api, resource, api.ListAsync(resource, subject.Name, new ListOptions { LabelSelector = LabelSelector, FieldSelector = FieldSelector }, Cancel));
            return;
        }
        CheckInput(resource, subject);
        ProcessName(api, resource, subject.Namespace, subject.Name);
    }

    /// <inheritdoc/>
    protected override void ProcessName(KubeApi api, KubeResource resource, string? @namespace, string name) =>
        Write(Await(api.GetAsync(resource, @namespace, name, Cancel)));

    /// <inheritdoc/>
    protected override void ProcessList(KubeApi api, KubeResource resource, IAsyncEnumerable<KubeObject> objects) => ForEach(objects, Write);

    /// <summary>Hands one object on.</summary>
    protected virtual void Write(KubeObject item) => WriteObject(item);
}
