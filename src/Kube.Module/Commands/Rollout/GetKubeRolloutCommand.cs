using System.Management.Automation;
using Kube.Module.Base;
using Kube.Module.Rollouts;

namespace Kube.Module.Commands;

/// <summary>Reads the templates that deployments, stateful and daemon sets have had, the oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "KubeRollout")]
[OutputType(typeof(KubeRolloutRevision))]
public sealed class GetKubeRolloutCommand : WorkloadCmdlet
{
    /// <summary>Only these revisions.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long[] Revision { get; set; } = [];

    private protected override void CheckResource(KubeResource resource) => RolloutKinds.Check(resource);

    /// <inheritdoc/>
    protected override void ProcessObject(KubeApi api, KubeResource resource, KubeObject subject)
    {
        CheckInput(resource, subject);
        ProcessName(api, resource, subject.Namespace, subject.Name);
    }

    /// <inheritdoc/>
    protected override void ProcessName(KubeApi api, KubeResource resource, string? @namespace, string name) => Write(api, Await(api.GetAsync(resource, @namespace, name, Cancel)));

    /// <inheritdoc/>
    protected override void ProcessList(KubeApi api, KubeResource resource, IAsyncEnumerable<KubeObject> objects) => ForEach(objects, item => Try(item, () => Write(api, item)));

    void Write(KubeApi api, KubeObject workload)
    {
        var history = Await(RolloutHistory.ReadAsync(api, workload, Cancel));
        foreach (var revision in history)
            if (Revision.Length == 0 || Revision.Contains(revision.Revision)) WriteObject(revision);
        foreach (var missing in Revision.Except(history.Select(revision => revision.Revision)))
            Try(workload, () => throw new KubeCmdletException(Errors.NotFound, $"{workload.Kind} '{workload.Name}' has no revision {missing}.") { Target = workload });
    }
}
