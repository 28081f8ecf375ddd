using System.Management.Automation;
using Kube.Manifests;
using Kube.Module.Base;
using Kube.Module.Completion;

namespace Kube.Module.Commands;

/// <summary>Compares manifests with what is in the cluster, field by field; the server says what setting them would make of it.</summary>
[Cmdlet(VerbsData.Compare, "KubeResource", DefaultParameterSetName = PathSet)]
[OutputType(typeof(KubeFieldDifference))]
public sealed class CompareKubeResourceCommand : ManifestActionCmdlet
{
    /// <summary>The namespace for objects whose manifest names none; one that names another is an error.</summary>
    [Parameter]
    [Alias("n")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string? Namespace { get; set; }

    /// <summary>Who would manage the fields that were set.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Value = "kube")]
    public string FieldManager { get; set; } = "kube";

    private protected override string? TargetNamespace => Namespace;

    private protected override void Act(KubeApi api, Manifest manifest)
    {
        var (resource, @namespace) = Locate(api, manifest);
        // With force: fields that others manage are differences like any other.
        WriteObject(Await(ServerApply.CompareAsync(api, resource, @namespace, manifest, new WriteOptions { FieldManager = FieldManager, Force = true }, Cancel)), enumerateCollection: true);
    }
}
