using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>Set-Alias, for the whole session.</summary>
[Cmdlet(VerbsCommon.Set, "Alias")]
public sealed class SetAliasCommand : ProviderCmdlet
{
    [Parameter(Position = 0, Mandatory = true)]
    public string Name { get; set; } = "";

    [Parameter(Position = 1, Mandatory = true)]
    public string Value { get; set; } = "";

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord() => Each(["alias:" + Name], path => InvokeProvider.Item.Set([path], Value, Force, literalPath: true));
}
