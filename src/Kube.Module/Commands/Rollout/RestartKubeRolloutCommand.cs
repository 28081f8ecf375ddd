using System.Collections.Specialized;
using System.Globalization;
using System.Management.Automation;
using Kube.Module.Base;
using Kube.Module.Rollouts;

namespace Kube.Module.Commands;

/// <summary>Replaces the pods of deployments, stateful and daemon sets by new ones, step by step.</summary>
[Cmdlet(VerbsLifecycle.Restart, "KubeRollout", SupportsShouldProcess = true)]
[OutputType(typeof(KubeObject), typeof(KubeFieldDifference))]
public sealed class RestartKubeRolloutCommand : WorkloadChangeCmdlet
{
    private protected override string Action => "Restart";

    private protected override void CheckResource(KubeResource resource) => RolloutKinds.Check(resource);

    private protected override KubeObject Change(KubeApi api, KubeResource resource, string? @namespace, string name, WriteOptions options)
    {
        RolloutKinds.CheckNotPaused(Await(api.GetAsync(resource, @namespace, name, Cancel)));
        // The fraction lets two restarts within one second be two.
        var annotations = new OrderedDictionary { ["kubectl.kubernetes.io/restartedAt"] = DateTime.UtcNow.ToString("o", CultureInfo.InvariantCulture) };
        var patch = new OrderedDictionary { ["spec"] = new OrderedDictionary { ["template"] = new OrderedDictionary { ["metadata"] = new OrderedDictionary { ["annotations"] = annotations } } } };
        return Await(api.PatchAsync(resource, @namespace, name, PatchType.Merge, KubeMap.From(patch).ToUtf8(), options, Cancel));
    }
}
