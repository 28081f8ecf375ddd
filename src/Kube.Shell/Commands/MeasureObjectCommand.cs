using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>Measure-Object: how many, and what their numbers come to.</summary>
[Cmdlet("Measure", "Object")]
public sealed class MeasureObjectCommand : PSCmdlet
{
    readonly List<double> _numbers = [];
    int _count;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public string? Property { get; set; }

    [Parameter]
    public SwitchParameter Sum { get; set; }

    [Parameter]
    public SwitchParameter Average { get; set; }

    [Parameter]
    public SwitchParameter Minimum { get; set; }

    [Parameter]
    public SwitchParameter Maximum { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is null) return;
        var value = Property is null ? InputObject : InputObject.Properties[Property]?.Value;
        if (Property is not null && value is null) return;
        _count++;
        if ((Sum || Average || Minimum || Maximum) && LanguagePrimitives.TryConvertTo<double>(value, out var number)) _numbers.Add(number);
    }

    protected override void EndProcessing()
    {
        var measure = new PSObject();
        void Add(string name, object? value) => measure.Properties.Add(new PSNoteProperty(name, value));
        Add("Count", _count);
        Add("Average", Average && _numbers.Count > 0 ? _numbers.Average() : null);
        Add("Sum", Sum ? _numbers.Sum() : null);
        Add("Maximum", Maximum && _numbers.Count > 0 ? _numbers.Max() : null);
        Add("Minimum", Minimum && _numbers.Count > 0 ? _numbers.Min() : null);
        Add("Property", Property);
        WriteObject(measure);
    }
}
