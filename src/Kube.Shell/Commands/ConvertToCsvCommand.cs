using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>ConvertTo-Csv: a line of names, and a line for each object.</summary>
[Cmdlet(VerbsData.ConvertTo, "Csv")]
[OutputType(typeof(string))]
public sealed class ConvertToCsvCommand : PSCmdlet
{
    IReadOnlyList<string>? _columns;

    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = new();

    [Parameter(Position = 1)]
    public char Delimiter { get; set; } = ',';

    [Parameter]
    [Alias("NTI")]
    public SwitchParameter NoTypeInformation { get; set; }

    [Parameter]
    public SwitchParameter NoHeader { get; set; }

    protected override void ProcessRecord()
    {
        var csv = new CsvText(Delimiter);
        if (_columns is null)
        {
            _columns = CsvText.ColumnsOf(InputObject);
            if (!NoHeader) WriteObject(csv.Header(_columns));
        }
        WriteObject(csv.Row(InputObject, _columns));
    }
}
