using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>Write-Error: an error that does not end the script by itself.</summary>
[Cmdlet(VerbsCommunications.Write, "Error", DefaultParameterSetName = "Message")]
public sealed class WriteErrorCommand : PSCmdlet
{
    [Parameter(ParameterSetName = "Message", Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string Message { get; set; } = "";

    [Parameter(ParameterSetName = "Record", Mandatory = true)]
    public ErrorRecord? ErrorRecord { get; set; }

    [Parameter(ParameterSetName = "Message")]
    public string ErrorId { get; set; } = "Microsoft.PowerShell.Commands.WriteErrorException";

    [Parameter(ParameterSetName = "Message")]
    public ErrorCategory Category { get; set; } = ErrorCategory.NotSpecified;

    protected override void ProcessRecord() =>
        WriteError(ErrorRecord ?? new ErrorRecord(new RuntimeException(Message), ErrorId, Category, null));
}
