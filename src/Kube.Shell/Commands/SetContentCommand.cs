using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>Set-Content.</summary>
[Cmdlet(VerbsCommon.Set, "Content", SupportsShouldProcess = true)]
public sealed class SetContentCommand : WriteContentCmdlet
{
    private protected override bool Appends => false;
}
