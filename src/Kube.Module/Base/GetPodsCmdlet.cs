using System.Management.Automation;
using Kube.Module.Completion;

namespace Kube.Module.Base;

/// <summary>Reads pods, or what is in them. A namespace, node, workload or service from the pipeline means its pods.</summary>
public abstract class GetPodsCmdlet : GetNamespacedCmdlet
{
    /// <inheritdoc/>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Pod")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ObjectNameCompleter))]
    public override string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected sealed override KubeResource GetResource(KubeApi api) => KubeResources.Pods;

    /// <inheritdoc/>
    protected override void ProcessObject(KubeApi api, KubeResource resource, KubeObject subject)
    {
        if (PodSelection.Of(subject) is { } pods) ProcessList(api, resource, pods.Query(LabelSelector, FieldSelector).ReadAsync(api, Cancel));
        else base.ProcessObject(api, resource, subject);
    }
}
