using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>Tee-Object: hands objects on and keeps them in a variable or, as they look, in a file.</summary>
[Cmdlet("Tee", "Object", DefaultParameterSetName = "File")]
public sealed class TeeObjectCommand : PSCmdlet
{
    readonly List<PSObject> _items = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "File")]
    [Alias("Path")]
    public string FilePath { get; set; } = "";

    [Parameter(Mandatory = true, ParameterSetName = "Variable")]
    public string Variable { get; set; } = "";

    [Parameter]
    public SwitchParameter Append { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is null) return;
        _items.Add(InputObject);
        WriteObject(InputObject);
    }

    protected override void EndProcessing()
    {
        if (ParameterSetName == "File")
        {
            InvokeCommand.InvokeScript(false, ScriptBlock.Create("param($items, $path, $append) $items | Out-File -LiteralPath $path -Append:$append"), null, _items, FilePath, Append);
            return;
        }
        IEnumerable<object?> before = Append && SessionState.PSVariable.GetValue(Variable) is { } value ? (value is object[] many ? many : [value]) : [];
        object?[] all = [.. before, .. _items];
        SessionState.PSVariable.Set(Variable, all.Length == 1 ? all[0] : all);
    }
}
