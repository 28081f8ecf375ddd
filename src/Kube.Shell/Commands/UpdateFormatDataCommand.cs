using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>Reads the views of the session anew: those that were added to it since are in use then.</summary>
[Cmdlet(VerbsData.Update, "FormatData")]
public sealed class UpdateFormatDataCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord() => EngineFormatting.Reload(this);
}
