using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>Get-Content: the lines of a file, each as soon as it is read.</summary>
[Cmdlet(VerbsCommon.Get, "Content", DefaultParameterSetName = "Path")]
[OutputType(typeof(string), typeof(byte[]))]
public sealed class GetContentCommand : ProviderCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Path", ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath", ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    [Parameter]
    [Alias("First", "Head")]
    [ValidateRange(0, int.MaxValue)]
    public int TotalCount { get; set; } = int.MaxValue;

    [Parameter]
    [Alias("Last")]
    [ValidateRange(0, int.MaxValue)]
    public int? Tail { get; set; }

    [Parameter]
    public SwitchParameter Raw { get; set; }

    [Parameter]
    public SwitchParameter AsByteStream { get; set; }

    [Parameter]
    [ValidateSet("utf8", "utf8NoBOM", "utf8BOM", "unicode", "bigendianunicode", "ascii")]
    public string Encoding { get; set; } = "utf8";

    protected override void ProcessRecord()
    {
        var isLiteral = ParameterSetName == "LiteralPath";
        Each(isLiteral ? LiteralPath : Path, path =>
        {
            if (ResolveFiles(path, isLiteral) is { } files) Each(files, Read);
            else foreach (var reader in InvokeProvider.Content.GetReader([path], force: false, isLiteral)) using (reader) WriteObject(reader.Read(0), enumerateCollection: true);
        });
    }

    void Read(string file)
    {
        if (AsByteStream)
        {
            var bytes = File.ReadAllBytes(file);
            WriteObject(bytes, enumerateCollection: !Raw);
            return;
        }
        var encoding = TextEncoding.Named(Encoding);
        if (Raw)
        {
            WriteObject(File.ReadAllText(file, encoding));
            return;
        }
        var lines = File.ReadLines(file, encoding).Take(TotalCount);
        foreach (var line in Tail is { } tail ? lines.TakeLast(tail) : lines) WriteObject(line);
    }
}
