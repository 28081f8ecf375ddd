using System.Management.Automation;
using Kube.Module.Base;
using Kube.Module.Completion;

namespace Kube.Module.Commands;

/// <summary>Waits until pods are ready, there, gone, or as you say.</summary>
[Cmdlet(VerbsLifecycle.Wait, "KubePod")]
[OutputType(typeof(KubePod))]
public sealed class WaitKubePodCommand : WaitCmdlet
{
    /// <inheritdoc/>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Pod")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ObjectNameCompleter))]
    public override string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override KubeResource GetResource(KubeApi api) => KubeResources.Pods;

    /// <inheritdoc/>
    protected override void ProcessObject(KubeApi api, KubeResource resource, KubeObject subject)
    {
        if (PodSelection.Of(subject) is { } pods) ProcessQuery(api, pods.Query(LabelSelector, FieldSelector), null);
        else base.ProcessObject(api, resource, subject);
    }
}
