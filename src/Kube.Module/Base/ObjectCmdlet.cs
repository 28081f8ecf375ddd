using System.Management.Automation;

namespace Kube.Module.Base;

/// <summary>A cmdlet about the objects that there are when it looks: queries are lists to it.</summary>
public abstract class ObjectCmdlet : TargetCmdlet
{
    /// <summary>Acts on all that were found in a list.</summary>
    protected abstract void ProcessList(KubeApi api, KubeResource resource, IAsyncEnumerable<KubeObject> objects);

    private protected sealed override void ProcessQuery(KubeApi api, ObjectQuery query, WildcardPattern? pattern)
    {
        var objects = NamespaceCheck.WhereEmptyAsync(query.ReadAsync(api, Cancel), api, query.Namespace, Cancel);
        ProcessList(api, query.Resource, pattern is null ? objects : objects.Where(item => pattern.IsMatch(item.Name)));
    }

    private protected sealed override void ProcessNameEverywhere(KubeApi api, KubeResource resource, string name) =>
        ProcessList(api, resource, Found(api.ListAsync(resource, null, new ListOptions { FieldSelector = "metadata.name=" + name }, Cancel), resource, name));

    static async IAsyncEnumerable<KubeObject> Found(IAsyncEnumerable<KubeObject> objects, KubeResource resource, string name)
    {
        var any = false;
        await foreach (var item in objects)
        {
            any = true;
            yield return item;
        }
        if (!any) throw new KubeOperationException(new KubeStatus(404, "NotFound", $"{resource.Name} \"{name}\" not found in any namespace") { Name = name, Kind = resource.Name });
    }
}
