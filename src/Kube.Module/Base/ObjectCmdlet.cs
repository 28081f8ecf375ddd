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

    /// <summary>An object as a question names it.</summary>
    private protected static string TextOf(KubeApi api, KubeResource resource, string? @namespace, string name) =>
        $"{resource.Kind} {name}{(@namespace is null ? "" : " in namespace " + @namespace)}, cluster {api.Connection.Name}";

    /// <summary>Changes an object that it was said yes to, or asks the server what that would change.</summary>
    /// <param name="target">The object, as the question names it.</param>
    /// <param name="action">What is about to be done, such as <c>Restart</c>.</param>
    /// <param name="isDryRun">Whether the server is only asked.</param>
    /// <param name="handOn">Whether the changed object is handed on.</param>
    /// <param name="read">Reads what the answer to a dry run is compared with.</param>
    /// <param name="change">Changes it; null where there was nothing to change.</param>
    private protected void CarryOut(string target, string action, bool isDryRun, bool handOn, Func<KubeObject> read, Func<WriteOptions, KubeObject?> change)
    {
        if (isDryRun)
        {
            var live = read();
            if (change(new WriteOptions { DryRun = true }) is { } wanted) WriteObject(KubeChanges.Between(live, wanted), enumerateCollection: true);
            return;
        }
        if (!Confirm(target, action)) return;
        var changed = change(new WriteOptions());
        if (handOn && changed is not null) WriteObject(changed);
    }

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
