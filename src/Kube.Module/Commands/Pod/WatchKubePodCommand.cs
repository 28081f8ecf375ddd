using System.Management.Automation;
using Kube.Module.Base;
using Kube.Module.Completion;

namespace Kube.Module.Commands;

/// <summary>Tells what happens to pods: those named, or those of a namespace, node, workload or service from the pipeline.</summary>
[Cmdlet(VerbsCommon.Watch, "KubePod")]
[OutputType(typeof(KubeWatchEvent))]
public sealed class WatchKubePodCommand : WatchCmdlet
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
