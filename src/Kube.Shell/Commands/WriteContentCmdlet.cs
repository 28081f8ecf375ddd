using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>A cmdlet that writes values into files, a line each, or into what else a drive has.</summary>
public abstract class WriteContentCmdlet : ProviderCmdlet
{
    readonly List<object?> _values = [];

    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath")]
    public string[] Path { get; set; } = [];

    [Parameter(Position = 1, Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public object?[]? Value { get; set; }

    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter AsByteStream { get; set; }

    [Parameter]
    [ValidateSet("utf8", "utf8NoBOM", "utf8BOM", "unicode", "bigendianunicode", "ascii")]
    public string Encoding { get; set; } = "utf8";

    private protected abstract bool Appends { get; }

    protected override void ProcessRecord() => _values.AddRange(Value ?? []);

    protected override void EndProcessing() => Each(Path, path =>
    {
        if (!ShouldProcess(path, Appends ? "Add Content" : "Set Content")) return;
        if (UnresolvedFile(path) is { } file) Write(file);
        else foreach (var writer in InvokeProvider.Content.GetWriter(path)) using (writer) writer.Write(_values);
    });

    void Write(string path)
    {
        if (Force && File.Exists(path)) File.SetAttributes(path, File.GetAttributes(path) & ~FileAttributes.ReadOnly);
        using var file = new FileStream(path, Appends ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.Read);
        if (AsByteStream)
        {
            file.Write([.. _values.Select(value => LanguagePrimitives.ConvertTo<byte>(value))]);
            return;
        }
        using var writer = new StreamWriter(file, TextEncoding.Named(Encoding));
        foreach (var value in _values)
        {
            writer.Write(LanguagePrimitives.ConvertTo<string>(value));
            if (!NoNewline) writer.WriteLine();
        }
    }
}
