using System.Management.Automation;
using Kube.Manifests;
using Kube.Module.Base;

namespace Kube.Module.Commands;

/// <summary>Reads and checks manifests and hands their objects on, without a request to a cluster.</summary>
[Cmdlet(VerbsData.Import, "KubeManifest", DefaultParameterSetName = PathSet)]
[OutputType(typeof(KubeObject))]
public sealed class ImportKubeManifestCommand : ManifestCmdlet
{
    /// <inheritdoc/>
    [Parameter(Position = 0, ParameterSetName = PathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public override string[] Path { get; set; } = [];

    /// <inheritdoc/>
    protected override void Process()
    {
        // With a cluster named, the objects belong to it; else they are anybody's.
        var meant = Context is not null || Connection is not null ? Api.Connection : null;
        foreach (var manifest in ReadManifests()) WriteObject(KubeObject.Parse(manifest.Json, meant));
    }
}
