using System.Management.Automation;
using Kube.Module.Base;
using Kube.Module.Completion;

namespace Kube.Module.Commands;

/// <summary>Forgets registry credentials as docker logout does: in the store that keeps them and in the file.</summary>
[Cmdlet(VerbsCommon.Remove, "KubeRegistryCredential", SupportsShouldProcess = true, DefaultParameterSetName = RegistrySet)]
[OutputType(typeof(KubeRegistryCredential))]
public sealed class RemoveKubeRegistryCredentialCommand : RegistryCredentialCmdlet
{
    const string RegistrySet = "Registry", ObjectSet = "InputObject";

    /// <summary>A credential from <c>Get-KubeRegistryCredential</c>.</summary>
    [Parameter(ParameterSetName = ObjectSet, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public KubeRegistryCredential? InputObject { get; set; }

    /// <summary>The registries.</summary>
    [Parameter(ParameterSetName = RegistrySet, Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RegistryCompleter))]
    public string[] Registry { get; set; } = [];

    /// <summary>Hand the credential on; a secret that a helper kept is not in it any more.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (InputObject is { } one)
        {
            Try(one.Registry, () => Remove(one));
            return;
        }
        var all = List(OpenCredentials());
        foreach (var name in Registry)
        {
            Try(name, () =>
            {
                foreach (var found in Select(all, name)) Try(found.Registry, () => Remove(found));
            });
        }
    }

    void Remove(KubeRegistryCredential one)
    {
        if (!Confirm(one.Registry, $"Remove registry credential of user '{one.UserName}' from '{one.Source}'")) return;
        if (!Await(one.Credentials.RemoveAsync(one.Entry, Cancel)))
            throw new KubeCmdletException(Errors.CredentialNotFound, $"The credential for '{one.Registry}' is no longer in '{one.Source}'.");
        if (PassThru) WriteObject(one);
    }
}
