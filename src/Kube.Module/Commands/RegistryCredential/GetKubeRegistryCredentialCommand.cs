using System.Management.Automation;
using Kube.Module.Base;
using Kube.Module.Completion;
using Kube.Registry;

namespace Kube.Module.Commands;

/// <summary>Lists the registry credentials that Docker and Kube find on this machine, or those that a pull of an image tries.</summary>
[Cmdlet(VerbsCommon.Get, "KubeRegistryCredential", DefaultParameterSetName = RegistrySet)]
[OutputType(typeof(KubeRegistryCredential), ParameterSetName = [RegistrySet])]
[OutputType(typeof(KubeRegistryCredentialMatch), ParameterSetName = [ImageSet])]
public sealed class GetKubeRegistryCredentialCommand : RegistryCredentialCmdlet
{
    const string RegistrySet = "Registry", ImageSet = "Image";

    IReadOnlyList<KubeRegistryCredential> _all = [];

    /// <summary>The registries; all where none is given.</summary>
    [Parameter(ParameterSetName = RegistrySet, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RegistryCompleter))]
    public string[] Registry { get; set; } = ["*"];

    /// <summary>Images: the credentials that a pull of them tries, in their order.</summary>
    [Parameter(ParameterSetName = ImageSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ImageCompleter))]
    public string[] Image { get; set; } = [];

    /// <inheritdoc/>
    protected override void Begin()
    {
        if (ParameterSetName == RegistrySet) _all = List(OpenCredentials());
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (ParameterSetName == ImageSet)
        {
            foreach (var name in Image) Try(name, () => Explain(name));
            return;
        }
        foreach (var name in Registry) Try(name, () => WriteObject(Select(_all, name), enumerateCollection: true));
    }

    void Explain(string name)
    {
        var image = ParseImage(name);
        var lookup = Await(OpenCredentials().FindAsync(image, [], Cancel));
        foreach (var warning in lookup.Warnings) WriteWarning(warning);
        if (lookup.Matches.Count == 0) WriteVerbose($"No credential matches {image}: it is pulled anonymously.");
        WriteObject(KubeRegistryCredentialMatch.Of(image, lookup), enumerateCollection: true);
    }
}
