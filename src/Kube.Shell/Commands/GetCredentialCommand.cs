using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>Get-Credential: asks a person for a user name and a password.</summary>
[Cmdlet(VerbsCommon.Get, "Credential")]
[OutputType(typeof(PSCredential))]
public sealed class GetCredentialCommand : PSCmdlet
{
    [Parameter(Position = 0)]
    [Alias("UserName")]
    public object? Credential { get; set; }

    [Parameter]
    public string? Message { get; set; }

    [Parameter]
    public string? Title { get; set; }

    protected override void BeginProcessing()
    {
        var given = Credential is PSObject wrapped ? wrapped.BaseObject : Credential;
        WriteObject(given as PSCredential ?? Host.UI.PromptForCredential(Title ?? "PowerShell credential request", Message ?? "Enter your credentials.", given?.ToString() ?? "", ""));
    }
}
