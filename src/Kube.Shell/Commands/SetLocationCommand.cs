using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>Set-Location: the folder that relative paths start from; none: home.</summary>
[Cmdlet(VerbsCommon.Set, "Location")]
public sealed class SetLocationCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    public string Path { get; set; } = "~";

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        var location = SessionState.Path.SetLocation(Path);
        if (PassThru) WriteObject(location);
    }
}
