using System.Management.Automation;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace Kube.Shell.Commands;

/// <summary>Out-File, which <c>&gt;</c> and <c>&gt;&gt;</c> call: what would be on the screen, in a file.</summary>
[Cmdlet(VerbsData.Out, "File", SupportsShouldProcess = true, DefaultParameterSetName = "ByPath")]
public sealed class OutFileCommand : FrontEndCommandBase
{
    StreamWriter? _file;

    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "ByPath")]
    [Alias("Path")]
    public string FilePath { get; set; } = "";

    [Parameter(Mandatory = true, ParameterSetName = "ByLiteralPath")]
    [Alias("PSPath", "LP")]
    public string LiteralPath { get; set; } = "";

    [Parameter(Position = 1)]
    [ValidateSet("utf8", "utf8NoBOM", "utf8BOM", "unicode", "bigendianunicode", "ascii")]
    public string Encoding { get; set; } = "utf8";

    [Parameter]
    public SwitchParameter Append { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int Width { get; set; } = int.MaxValue;

    protected override void BeginProcessing()
    {
        var path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(ParameterSetName == "ByPath" ? FilePath : LiteralPath);
        if (!ShouldProcess(path, "Output to File"))
        {
            EngineFormatting.WriteTo(this, TextWriter.Null, Width);
            base.BeginProcessing();
            return;
        }
        try
        {
            if (Force && File.Exists(path)) File.SetAttributes(path, File.GetAttributes(path) & ~FileAttributes.ReadOnly);
            _file = new StreamWriter(new FileStream(path, Append ? FileMode.Append : NoClobber ? FileMode.CreateNew : FileMode.Create, FileAccess.Write, FileShare.Read), TextEncoding.Named(Encoding));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(new ErrorRecord(exception, "FileOpenFailure", ErrorCategory.OpenError, path));
        }
        if (NoNewline) _file!.NewLine = "";
        EngineFormatting.WriteTo(this, _file!, Width);
        base.BeginProcessing();
    }

    protected override void ProcessRecord()
    {
        base.ProcessRecord();
        _file?.Flush();
    }

    protected override void InternalDispose()
    {
        base.InternalDispose();
        _file?.Dispose();
    }
}
