using System.Management.Automation;
using Kube.Module.Base;
using Kube.Module.Completion;

namespace Kube.Module.Commands;

/// <summary>Reads events, the oldest first and repeats as one: all, or those about an object.</summary>
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

    /// <summary>Only events about this object: its kind and name, such as <c>deployment/web</c>.</summary>
    [Parameter]
    [ValidatePattern("^[^/]+/[^/]+$")]
    [ArgumentCompleter(typeof(KindCompleter))]
    public string? For { get; set; }

    /// <summary>Only events of this type.</summary>
    [Parameter]
    [ValidateSet("Normal", "Warning")]
    public string? Type { get; set; }

    /// <inheritdoc/>
    protected override KubeResource GetResource(KubeApi api) => KubeResources.Events;

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        var (isPodTyped, isNameTyped) = (MyInvocation.BoundParameters.ContainsKey(nameof(Pod)), MyInvocation.BoundParameters.ContainsKey(nameof(Name)));
        if (For is not null && (MyInvocation.ExpectingInput || isPodTyped || isNameTyped))
            throw new KubeCmdletException(Errors.ParameterInvalid, "-For says what the events are about: leave -Pod, -Name and objects from the pipeline out.");
        if (isPodTyped && (MyInvocation.ExpectingInput || isNameTyped))
            throw new KubeCmdletException(Errors.ParameterInvalid, "-Pod says what the events are about: leave -Name and objects from the pipeline out.");
    }

    /// <inheritdoc/>
    protected override void ProcessObject(KubeApi api, KubeResource resource, KubeObject subject)
    {
        // Both groups that have events have the same ones.
        if (subject is KubeEvent) ProcessName(api, resource, subject.Namespace, subject.Name);
        else if (subject is KubeNamespace) base.ProcessObject(api, resource, subject);
        else ProcessAbout(api, resource, subject.Namespace, subject.Kind, subject.Name, subject);
    }

    /// <inheritdoc/>
    protected override void ProcessUnnamed(KubeApi api, KubeResource resource)
    {
        if (For?.Split('/') is [var word, var name])
        {
            var kind = Await(AnyKind.ResolveAsync(api, word, subject: null, Cancel));
            ProcessAbout(api, resource, kind.Namespaced ? Scope.NamespaceFor(api, resource) : null, kind.Kind, name, null);
        }
        else if (Pod is not null) ProcessAbout(api, resource, Scope.NamespaceFor(api, resource), "Pod", Pod, null);
        else base.ProcessUnnamed(api, resource);
    }

    /// <inheritdoc/>
    protected override void Write(KubeObject item)
    {
        if (Type is null || ((KubeEvent)item).Type == Type) _found.Add((KubeEvent)item);
    }

    /// <inheritdoc/>
    protected override void End()
    {
        foreach (var item in KubeEvent.Fold(_found)) WriteObject(item);
    }

    void ProcessAbout(KubeApi api, KubeResource resource, string? @namespace, string kind, string name, KubeObject? subject)
    {
        var fields = $"involvedObject.kind={kind},involvedObject.name={name}"
            // Kubelets tell of their node by its name, for a uid too.
            + (subject is { Uid: { } uid } and not KubeNode ? $",involvedObject.uid={uid}" : "")
            + (Type is null ? "" : $",type={Type}");
        ProcessList(api, resource, api.ListAsync(resource, @namespace, new ListOptions { FieldSelector = fields }.And(LabelSelector, FieldSelector), Cancel));
    }
}
