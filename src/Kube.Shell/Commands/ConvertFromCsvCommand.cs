using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>ConvertFrom-Csv: lines of CSV as objects.</summary>
[Cmdlet(VerbsData.ConvertFrom, "Csv")]
[OutputType(typeof(PSObject))]
public sealed class ConvertFromCsvCommand : PSCmdlet
{
    readonly List<string> _lines = [];

    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string[] InputObject { get; set; } = [];

    [Parameter(Position = 1)]
    public char Delimiter { get; set; } = ',';

    [Parameter]
    public string[]? Header { get; set; }

    protected override void ProcessRecord() => _lines.AddRange(InputObject);

    protected override void EndProcessing() => WriteObject(new CsvText(Delimiter).Objects(string.Join('\n', _lines), Header), enumerateCollection: true);
}
