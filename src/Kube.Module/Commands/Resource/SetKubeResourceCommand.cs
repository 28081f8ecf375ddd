using System.Management.Automation;
using Kube.Manifests;
using Kube.Module.Base;
using Kube.Module.Completion;

namespace Kube.Module.Commands;

/// <summary>Makes objects as manifests say, by server-side apply: what is not there is created, what is there is changed.</summary>
[Cmdlet(VerbsCommon.Set, "KubeResource", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(KubeObject), typeof(KubeFieldDifference))]
public sealed class SetKubeResourceCommand : ApplyCmdlet
{
    /// <summary>Take fields over that others manage.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Ask the server which fields would change, and change nothing.</summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    private protected override void Act(KubeApi api, Manifest manifest)
    {
        if (!DryRun && !ConfirmChange(api, manifest, "Set")) return;
        var (resource, @namespace) = Locate(api, manifest);
        var options = new WriteOptions { FieldManager = FieldManager, Force = Force };
        if (DryRun) WriteObject(Await(ServerApply.CompareAsync(api, resource, @namespace, manifest, options, Cancel)), enumerateCollection: true);
        else WriteObject(Await(ServerApply.ApplyAsync(api, resource, @namespace, manifest, options, Cancel)));
    }
}
