using System.Management.Automation;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace Kube.Shell.Commands;

/// <summary>Format-Table.</summary>
[Cmdlet(VerbsCommon.Format, "Table")]
public sealed class FormatTableCommand : OuterFormatTableBase
{
    public FormatTableCommand() => EngineFormatting.FormatAs(this, "Table");
}
