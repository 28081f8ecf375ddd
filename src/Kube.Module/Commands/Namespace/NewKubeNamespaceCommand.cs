using System.Management.Automation;
using Kube.Manifests;
using Kube.Module.Base;

namespace Kube.Module.Commands;

/// <summary>Creates namespaces, by name or from manifests.</summary>
[Cmdlet(VerbsCommon.New, "KubeNamespace", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
[OutputType(typeof(KubeNamespace), typeof(KubeFieldDifference))]
public sealed class NewKubeNamespaceCommand : NewCmdlet
{
    const string NameSet = "Name";

    /// <summary>The names.</summary>
    [Parameter(ParameterSetName = NameSet, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    private protected override KubeResource OnlyKind => KubeResources.Namespaces;

    private protected override IReadOnlyList<Manifest> ReadOwnManifests() => ParameterSetName == NameSet ? [.. Name.Select(name => Describe(name, []))] : base.ReadOwnManifests();
}
