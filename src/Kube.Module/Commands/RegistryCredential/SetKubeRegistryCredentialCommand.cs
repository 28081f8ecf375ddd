using System.Management.Automation;
using Kube.Module.Base;
using Kube.Module.Completion;

namespace Kube.Module.Commands;

/// <summary>Keeps a registry credential where docker login would: in the credential store if one is configured, else in <c>config.json</c>.</summary>
[Cmdlet(VerbsCommon.Set, "KubeRegistryCredential", SupportsShouldProcess = true)]
[OutputType(typeof(KubeRegistryCredential))]
public sealed class SetKubeRegistryCredentialCommand : RegistryCredentialCmdlet
{
    /// <summary>The registry, such as <c>ghcr.io</c>, <c>localhost:5000</c> or <c>docker.io</c>; with a path it is for that part alone.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RegistryCompleter))]
    public string Registry { get; set; } = "";

    /// <summary>The user and the password; with the user <c>&lt;token&gt;</c> an identity token.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Credential]
    public PSCredential Credential { get; set; } = PSCredential.Empty;

    /// <summary>Return what is configured now.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process() => Try(Registry, () =>
    {
        if (!Confirm(Registry, $"Set registry credential of user '{Credential.UserName}'")) return;

        var credentials = OpenCredentials();
        try
        {
            var write = Await(credentials.SetAsync(Registry, Credential.UserName, SecretText.Of(Credential.Password), Cancel));
            foreach (var warning in write.Warnings) WriteWarning(warning);
            WriteVerbose(write.IsChanged ? $"Kept {write.Credential}." : $"{write.Credential} was there already; nothing was written.");
        }
        catch (FormatException exception)
        {
            throw new KubeCmdletException(Errors.CredentialInvalid, exception.Message, exception);
        }
        if (PassThru) WriteObject(Select(List(credentials), Registry), enumerateCollection: true);
    });
}
