using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>Add-Content.</summary>
[Cmdlet(VerbsCommon.Add, "Content", SupportsShouldProcess = true)]
public sealed class AddContentCommand : WriteContentCmdlet
{
    private protected override bool Appends => true;
}
