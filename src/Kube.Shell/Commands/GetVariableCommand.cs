using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>Get-Variable.</summary>
[Cmdlet(VerbsCommon.Get, "Variable")]
[OutputType(typeof(PSVariable))]
public sealed class GetVariableCommand : ProviderCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    [Parameter]
    public SwitchParameter ValueOnly { get; set; }

    protected override void ProcessRecord() => Each(Name, name =>
    {
        foreach (var variable in InvokeProvider.Item.Get("variable:" + name).Select(item => item.BaseObject).OfType<PSVariable>().OrderBy(variable => variable.Name, StringComparer.OrdinalIgnoreCase))
            WriteObject(ValueOnly ? variable.Value : variable);
    });
}
