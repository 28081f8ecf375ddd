using System.Management.Automation;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace Kube.Shell.Commands;

/// <summary>Format-List.</summary>
[Cmdlet(VerbsCommon.Format, "List")]
public sealed class FormatListCommand : OuterFormatTableAndListBase
{
    public FormatListCommand() => EngineFormatting.FormatAs(this, "List");
}
