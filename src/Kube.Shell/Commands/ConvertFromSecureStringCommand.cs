using System.Management.Automation;
using System.Net;
using System.Security;

namespace Kube.Shell.Commands;

/// <summary>ConvertFrom-SecureString to text in clear.</summary>
[Cmdlet(VerbsData.ConvertFrom, "SecureString")]
[OutputType(typeof(string))]
public sealed class ConvertFromSecureStringCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    public SecureString SecureString { get; set; } = new();

    [Parameter]
    public SwitchParameter AsPlainText { get; set; }

    protected override void BeginProcessing()
    {
        if (!AsPlainText) ThrowTerminatingError(new ErrorRecord(new NotSupportedException("Only text in clear is made here: use -AsPlainText."), "EncryptedTextNotSupported", ErrorCategory.NotImplemented, null));
    }

    protected override void ProcessRecord() => WriteObject(new NetworkCredential("", SecureString).Password);
}
