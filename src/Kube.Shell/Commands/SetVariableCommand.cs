using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>Set-Variable.</summary>
[Cmdlet(VerbsCommon.Set, "Variable")]
public sealed class SetVariableCommand : PSCmdlet
{
    readonly List<object?> _values = [];

    [Parameter(Position = 0, Mandatory = true)]
    public string[] Name { get; set; } = [];

    [Parameter(Position = 1, ValueFromPipeline = true)]
    [AllowNull]
    public object? Value { get; set; }

    /// <summary>The scope to set it in: Global, Script or Local.</summary>
    [Parameter]
    [ValidateSet("Global", "Script", "Local")]
    public string Scope { get; set; } = "Local";

    protected override void ProcessRecord() => _values.Add(Value);

    protected override void EndProcessing()
    {
        object? value = _values.Count == 1 ? _values[0] : _values.ToArray();
        foreach (var name in Name) SessionState.PSVariable.Set(Scope == "Local" ? name : $"{Scope}:{name}", value);
    }
}
