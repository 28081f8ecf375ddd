using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>ConvertTo-Json.</summary>
[Cmdlet(VerbsData.ConvertTo, "Json")]
[OutputType(typeof(string))]
public sealed class ConvertToJsonCommand : PSCmdlet
{
    readonly List<object?> _items = [];

    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    public object? InputObject { get; set; }

    [Parameter]
    [ValidateRange(0, 100)]
    public int Depth { get; set; } = 2;

    [Parameter]
    public SwitchParameter Compress { get; set; }

    [Parameter]
    public SwitchParameter AsArray { get; set; }

    protected override void ProcessRecord() => _items.Add(InputObject);

    protected override void EndProcessing() =>
        WriteObject(JsonText.Write(_items.Count == 1 && !AsArray ? _items[0] : _items, Depth, indented: !Compress));
}
