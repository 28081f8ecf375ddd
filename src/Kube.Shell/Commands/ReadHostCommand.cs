using System.Management.Automation;
using System.Net;

namespace Kube.Shell.Commands;

/// <summary>Read-Host: asks a person for a line.</summary>
[Cmdlet(VerbsCommunications.Read, "Host")]
[OutputType(typeof(string), typeof(System.Security.SecureString))]
public sealed class ReadHostCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromRemainingArguments = true)]
    public object? Prompt { get; set; }

    [Parameter]
    public SwitchParameter AsSecureString { get; set; }

    [Parameter]
    public SwitchParameter MaskInput { get; set; }

    protected override void BeginProcessing()
    {
        if (Prompt is not null) Host.UI.Write(LanguagePrimitives.ConvertTo<string>(Prompt) + ": ");
        if (AsSecureString) WriteObject(Host.UI.ReadLineAsSecureString());
        else WriteObject(MaskInput ? new NetworkCredential("", Host.UI.ReadLineAsSecureString()).Password : Host.UI.ReadLine());
    }
}
