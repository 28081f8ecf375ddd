using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>Import-Csv: the rows of a file as objects.</summary>
[Cmdlet(VerbsData.Import, "Csv")]
[OutputType(typeof(PSObject))]
public sealed class ImportCsvCommand : ProviderCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [Alias("PSPath")]
    public string[] Path { get; set; } = [];

    [Parameter(Position = 1)]
    public char Delimiter { get; set; } = ',';

    [Parameter]
    public string[]? Header { get; set; }

    [Parameter]
    [ValidateSet("utf8", "utf8NoBOM", "utf8BOM", "unicode", "bigendianunicode", "ascii")]
    public string Encoding { get; set; } = "utf8";

    protected override void ProcessRecord() => Each(Path, path =>
    {
        var files = ResolveFiles(path, isLiteral: false) ?? throw new NotSupportedException($"'{path}' is no file.");
        foreach (var file in files) WriteObject(new CsvText(Delimiter).Objects(File.ReadAllText(file, TextEncoding.Named(Encoding)), Header), enumerateCollection: true);
    });
}
