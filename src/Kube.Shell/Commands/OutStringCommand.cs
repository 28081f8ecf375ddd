using System.Management.Automation;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace Kube.Shell.Commands;

/// <summary>Out-String: what would be on the screen, as text.</summary>
[Cmdlet(VerbsData.Out, "String")]
[OutputType(typeof(string))]
public sealed class OutStringCommand : FrontEndCommandBase
{
    readonly StringWriter _text = new();

    [Parameter]
    public SwitchParameter Stream { get; set; }

    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int Width { get; set; } = int.MaxValue;

    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    protected override void BeginProcessing()
    {
        EngineFormatting.WriteTo(this, _text, Width);
        base.BeginProcessing();
    }

    protected override void EndProcessing()
    {
        base.EndProcessing();
        var text = _text.ToString();
        if (!Stream) WriteObject(NoNewline ? text.ReplaceLineEndings("") : text);
        else if (text.Length > 0) WriteObject(text.TrimEndOfLast().ReplaceLineEndings("\n").Split('\n'), enumerateCollection: true);
    }
}
