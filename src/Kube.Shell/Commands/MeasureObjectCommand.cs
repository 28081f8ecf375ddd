using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>Measure-Object: how many, and what their numbers come to.</summary>
[Cmdlet("Measure", "Object")]
public sealed class MeasureObjectCommand : PSCmdlet
{
    readonly List<double> numbers = [];
    int count;

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
        count++;
        if ((Sum || Average || Minimum || Maximum) && LanguagePrimitives.TryConvertTo<double>(value, out var number)) numbers.Add(number);
    }

    protected override void EndProcessing()
    {
        var measure = new PSObject();
        void Add(string name, object? value) => measure.Properties.Add(new PSNoteProperty(name, value));
        Add("Count", count);
        Add("Average", Average && numbers.Count > 0 ? numbers.Average() : null);
        Add("Sum", Sum ? numbers.Sum() : null);
        Add("Maximum", Maximum && numbers.Count > 0 ? numbers.Max() : null);
        Add("Minimum", Minimum && numbers.Count > 0 ? numbers.Min() : null);
        Add("Property", Property);
        WriteObject(measure);
    }
}
