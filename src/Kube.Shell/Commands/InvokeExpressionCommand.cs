using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>Invoke-Expression: runs text as a command, in the caller's scope.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Expression")]
public sealed class InvokeExpressionCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    public string Command { get; set; } = "";

    protected override void ProcessRecord() =>
        WriteObject(InvokeCommand.InvokeScript(useLocalScope: false, InvokeCommand.NewScriptBlock(Command), null), enumerateCollection: true);
}
