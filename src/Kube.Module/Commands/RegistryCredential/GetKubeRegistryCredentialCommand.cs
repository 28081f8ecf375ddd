using System.Management.Automation;

namespace Kube.Module.Commands;

/// <summary>Lists the registry credentials that Docker and Kube find on this machine.</summary>
[Cmdlet(VerbsCommon.Get, "KubeRegistryCredential")]
[OutputType(typeof(KubeRegistryCredential))]
public sealed class GetKubeRegistryCredentialCommand : RegistryCredentialCmdlet
{
    IReadOnlyList<KubeRegistryCredential> all = [];

    /// <summary>The registries; all where none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Registry { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void Begin() => all = List(OpenCredentials());

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var name in Registry) Try(name, () => WriteObject(Select(all, name), enumerateCollection: true));
    }
}
