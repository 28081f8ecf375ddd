using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>Export-Csv: objects as CSV in a file.</summary>
[Cmdlet(VerbsData.Export, "Csv", SupportsShouldProcess = true)]
public sealed class ExportCsvCommand : PSCmdlet, IDisposable
{
    IReadOnlyList<string>? _columns;
    StreamWriter? _file;

    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public PSObject InputObject { get; set; } = new();

    [Parameter(Position = 0, Mandatory = true)]
    [Alias("LiteralPath", "PSPath")]
    public string Path { get; set; } = "";

    [Parameter(Position = 1)]
    public char Delimiter { get; set; } = ',';

    [Parameter]
    [ValidateSet("utf8", "utf8NoBOM", "utf8BOM", "unicode", "bigendianunicode", "ascii")]
    public string Encoding { get; set; } = "utf8";

    [Parameter]
    public SwitchParameter Append { get; set; }

    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    [Parameter]
    [Alias("NTI")]
    public SwitchParameter NoTypeInformation { get; set; }

    protected override void BeginProcessing()
    {
        var path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path);
        if (!ShouldProcess(path, "Export-Csv")) return;
        try
        {
            if (Append && File.Exists(path)) _columns = new CsvText(Delimiter).Parse(File.ReadLines(path).FirstOrDefault() ?? "").FirstOrDefault()?.Select(name => name ?? "").ToList();
            _file = new StreamWriter(new FileStream(path, Append ? FileMode.Append : NoClobber ? FileMode.CreateNew : FileMode.Create, FileAccess.Write, FileShare.Read), TextEncoding.Named(Encoding));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(new ErrorRecord(exception, "FileOpenFailure", ErrorCategory.OpenError, path));
        }
    }

    protected override void ProcessRecord()
    {
        if (_file is null) return;
        var csv = new CsvText(Delimiter);
        if (_columns is null) _file.WriteLine(csv.Header(_columns = CsvText.ColumnsOf(InputObject)));
        _file.WriteLine(csv.Row(InputObject, _columns));
    }

    public void Dispose() => _file?.Dispose();
}
