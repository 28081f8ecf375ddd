using System.Management.Automation;
using Kube.Manifests;
using Kube.Module.Base;
using Kube.Module.Completion;

namespace Kube.Module.Commands;

/// <summary>Compares manifests with what is in the cluster, field by field; the server says what setting them would make of it.</summary>
[Cmdlet(VerbsData.Compare, "KubeResource", DefaultParameterSetName = PathSet)]
[OutputType(typeof(KubeFieldDifference))]
public sealed class CompareKubeResourceCommand : ApplyCmdlet
{
    private protected override void Act(KubeApi api, Manifest manifest)
    {
        var (resource, @namespace) = Locate(api, manifest);
        // With force: fields that others manage are differences like any other.
        WriteObject(Await(ServerApply.CompareAsync(api, resource, @namespace, manifest, new WriteOptions { FieldManager = FieldManager, Force = true }, Cancel)), enumerateCollection: true);
    }
}
