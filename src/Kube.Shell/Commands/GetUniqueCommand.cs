using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>Get-Unique: one of each run of equal objects.</summary>
[Cmdlet(VerbsCommon.Get, "Unique")]
public sealed class GetUniqueCommand : PSCmdlet
{
    PSObject? _last;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter]
    public SwitchParameter CaseInsensitive { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is null || (_last is not null && new ValueOrder(CaseInsensitive).Compare(_last.BaseObject, InputObject.BaseObject) == 0)) return;
        WriteObject(_last = InputObject);
    }
}
