using System.Management.Automation;
using Kube.Module.Base;

namespace Kube.Module.Commands;

/// <summary>Reads events: all, or those about an object from the pipeline.</summary>
[Cmdlet(VerbsCommon.Get, "KubeEvent")]
[OutputType(typeof(KubeEvent))]
public sealed class GetKubeEventCommand : GetNamespacedCmdlet
{
    /// <inheritdoc/>
    protected override KubeResource GetResource(KubeApi api) => KubeResources.Events;

    /// <inheritdoc/>
    protected override void ProcessObject(KubeApi api, KubeResource resource, KubeObject subject)
    {
        if (subject is KubeEvent or KubeNamespace) base.ProcessObject(api, resource, subject);
        else ProcessList(api, resource, api.ListAsync(resource, subject.Namespace, About(subject).And(LabelSelector, FieldSelector), Cancel));
    }

    static ListOptions About(KubeObject subject) => new()
    {
        FieldSelector = $"involvedObject.kind={subject.Kind},involvedObject.name={subject.Name}" + (subject.Uid is { } uid ? $",involvedObject.uid={uid}" : ""),
    };
}
