using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>Write-Output: hands on what it is given.</summary>
[Cmdlet(VerbsCommunications.Write, "Output")]
public sealed class WriteOutputCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromRemainingArguments = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[] InputObject { get; set; } = [];

    [Parameter]
    public SwitchParameter NoEnumerate { get; set; }

    protected override void ProcessRecord()
    {
        if (NoEnumerate) WriteObject(InputObject.Length == 1 ? InputObject[0] : InputObject);
        else WriteObject(InputObject, enumerateCollection: true);
    }
}
