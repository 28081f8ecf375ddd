using System.Globalization;
using System.Management.Automation;
using Kube.Module.Base;
using Kube.Module.Completion;

namespace Kube.Module.Commands;

/// <summary>Reads events, the oldest first: all, or those about an object from the pipeline.</summary>
[Cmdlet(VerbsCommon.Get, "KubeEvent")]
[OutputType(typeof(KubeEvent))]
public sealed class GetKubeEventCommand : GetNamespacedCmdlet
{
    readonly List<KubeEvent> _found = [];

    /// <summary>Only events about this pod.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PodNameCompleter))]
    public string? Pod { get; set; }

    /// <inheritdoc/>
    protected override KubeResource GetResource(KubeApi api) => KubeResources.Events;

    /// <inheritdoc/>
    protected override void ProcessObject(KubeApi api, KubeResource resource, KubeObject subject)
    {
        if (subject is KubeEvent or KubeNamespace) base.ProcessObject(api, resource, subject);
        else ProcessAbout(api, resource, subject.Namespace, $"involvedObject.kind={subject.Kind},involvedObject.name={subject.Name}" + (subject.Uid is { } uid ? $",involvedObject.uid={uid}" : ""));
    }

    /// <inheritdoc/>
    protected override void ProcessUnnamed(KubeApi api, KubeResource resource)
    {
        if (Pod is null) base.ProcessUnnamed(api, resource);
        else ProcessAbout(api, resource, Scope.NamespaceFor(api, resource), $"involvedObject.kind=Pod,involvedObject.name={Pod}");
    }

    /// <inheritdoc/>
    protected override void Write(KubeObject item) => _found.Add((KubeEvent)item);

    /// <inheritdoc/>
    protected override void End()
    {
        // Times are whole seconds; versions rise.
        foreach (var item in _found.OrderBy(item => item.LastSeen ?? item.CreationTimestamp).ThenBy(VersionOf)) WriteObject(item);
    }

    void ProcessAbout(KubeApi api, KubeResource resource, string? @namespace, string fields) =>
        ProcessList(api, resource, api.ListAsync(resource, @namespace, new ListOptions { FieldSelector = fields }.And(LabelSelector, FieldSelector), Cancel));

    static long VersionOf(KubeEvent item) => long.TryParse(item.ResourceVersion, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
}
