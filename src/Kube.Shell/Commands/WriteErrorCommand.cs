using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>Write-Error: an error that does not end the script by itself.</summary>
[Cmdlet(VerbsCommunications.Write, "Error", DefaultParameterSetName = "Message")]
public sealed class WriteErrorCommand : PSCmdlet
{
    [Parameter(ParameterSetName = "Message", Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = "Exception")]
    [Alias("Msg")]
    [AllowEmptyString]
    public string? Message { get; set; }

    [Parameter(ParameterSetName = "Exception", Mandatory = true)]
    public Exception? Exception { get; set; }

    [Parameter(ParameterSetName = "Record", Mandatory = true)]
    public ErrorRecord? ErrorRecord { get; set; }

    [Parameter(ParameterSetName = "Message")]
    [Parameter(ParameterSetName = "Exception")]
    public string? ErrorId { get; set; }

    [Parameter(ParameterSetName = "Message")]
    [Parameter(ParameterSetName = "Exception")]
    public ErrorCategory Category { get; set; } = ErrorCategory.NotSpecified;

    [Parameter(ParameterSetName = "Message")]
    [Parameter(ParameterSetName = "Exception")]
    public object? TargetObject { get; set; }

    [Parameter]
    public string? RecommendedAction { get; set; }

    protected override void ProcessRecord()
    {
        var record = ErrorRecord;
        if (record is null)
        {
            var exception = Exception ?? new RuntimeException(Message);
            record = new ErrorRecord(exception, ErrorId ?? (Exception is null ? "Microsoft.PowerShell.Commands.WriteErrorException" : exception.GetType().FullName), Category, TargetObject);
            if (Exception is not null && Message is not null) record.ErrorDetails = new ErrorDetails(Message);
        }
        if (RecommendedAction is not null) (record.ErrorDetails ??= new ErrorDetails(record.Exception.Message)).RecommendedAction = RecommendedAction;
        WriteError(record);
    }
}
