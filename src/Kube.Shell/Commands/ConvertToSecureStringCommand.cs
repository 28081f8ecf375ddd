using System.Management.Automation;
using System.Net;
using System.Security;

namespace Kube.Shell.Commands;

/// <summary>ConvertTo-SecureString from text in clear.</summary>
[Cmdlet(VerbsData.ConvertTo, "SecureString")]
[OutputType(typeof(SecureString))]
public sealed class ConvertToSecureStringCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    public string String { get; set; } = "";

    [Parameter]
    public SwitchParameter AsPlainText { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void BeginProcessing()
    {
        if (!AsPlainText) ThrowTerminatingError(new ErrorRecord(new NotSupportedException("Only text in clear is converted here: use -AsPlainText."), "EncryptedTextNotSupported", ErrorCategory.NotImplemented, null));
    }

    protected override void ProcessRecord()
    {
        var secret = new NetworkCredential("", String).SecurePassword;
        secret.MakeReadOnly();
        WriteObject(secret);
    }
}
