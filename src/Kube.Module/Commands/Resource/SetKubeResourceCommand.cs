using System.Management.Automation;
using Kube.Manifests;
using Kube.Module.Base;
using Kube.Module.Completion;

namespace Kube.Module.Commands;

/// <summary>Makes objects as manifests say, by server-side apply: what is not there is created, what is there is changed.</summary>
[Cmdlet(VerbsCommon.Set, "KubeResource", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(KubeObject), typeof(KubeFieldDifference))]
public sealed class SetKubeResourceCommand : ManifestActionCmdlet
{
    /// <summary>The namespace for objects whose manifest names none; one that names another is an error.</summary>
    [Parameter]
    [Alias("n")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string? Namespace { get; set; }

    /// <summary>Take fields over that others manage.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Who manages the fields that are set.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Value = "kube")]
    public string FieldManager { get; set; } = "kube";

    /// <summary>Ask the server which fields would change, and change nothing.</summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    private protected override string? TargetNamespace => Namespace;

    private protected override void Act(KubeApi api, Manifest manifest)
    {
        if (!DryRun && !ConfirmChange(api, manifest, "Set")) return;
        var (resource, @namespace) = Locate(api, manifest);
        var options = new WriteOptions { FieldManager = FieldManager, Force = Force };
        if (DryRun) WriteObject(Await(ServerApply.CompareAsync(api, resource, @namespace, manifest, options, Cancel)), enumerateCollection: true);
        else WriteObject(Await(ServerApply.ApplyAsync(api, resource, @namespace, manifest, options, Cancel)));
    }
}
