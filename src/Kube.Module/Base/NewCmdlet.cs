using System.Management.Automation;
using Kube.Manifests;

namespace Kube.Module.Base;

/// <summary>Creates objects from manifests.</summary>
public abstract class NewCmdlet : ManifestActionCmdlet
{
    /// <summary>Ask the server what would be created, and create nothing.</summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    private protected override void Act(KubeApi api, Manifest manifest)
    {
        if (!DryRun && !ConfirmChange(api, manifest, "Create")) return;
        var (resource, @namespace) = Locate(api, manifest);
        var created = Await(api.CreateAsync(resource, @namespace, manifest.Json, new WriteOptions { FieldValidation = "Strict", DryRun = DryRun }, Cancel));
        if (DryRun) WriteObject(KubeChanges.Between(null, created), enumerateCollection: true);
        else WriteObject(created);
    }
}
