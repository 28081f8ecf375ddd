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

    [Parameter]
    public SwitchParameter StandardDeviation { get; set; }

    [Parameter]
    public SwitchParameter AllStats { get; set; }

    bool IsAnyWanted => AllStats || Sum || Average || Minimum || Maximum || StandardDeviation;

    protected override void ProcessRecord()
    {
        if (InputObject is null) return;
        var value = Property is null ? InputObject : InputObject.Properties[Property]?.Value;
        if (Property is not null && value is null) return;
        _count++;
        if (!IsAnyWanted) return;
        if (LanguagePrimitives.TryConvertTo<double>(value, out var number)) _numbers.Add(number);
        else WriteError(new ErrorRecord(new PSInvalidCastException($"Input object \"{value}\" is not numeric."), "NonNumericInputObject", ErrorCategory.InvalidType, value));
    }

    protected override void EndProcessing()
    {
        var measure = new PSObject();
        void Add(string name, object? value) => measure.Properties.Add(new PSNoteProperty(name, value));
        double? Of(bool isWanted, Func<IEnumerable<double>, double> measured) => (isWanted || AllStats) && _numbers.Count > 0 ? measured(_numbers) : null;
        Add("Count", _count);
        Add("Average", Of(Average, Enumerable.Average));
        Add("Sum", Of(Sum, Enumerable.Sum));
        Add("Maximum", Of(Maximum, Enumerable.Max));
        Add("Minimum", Of(Minimum, Enumerable.Min));
        Add("StandardDeviation", Of(StandardDeviation, Deviation));
        Add("Property", Property);
        WriteObject(measure);
    }

    /// <summary>Of a sample, as PowerShell has it.</summary>
    static double Deviation(IEnumerable<double> numbers)
    {
        var all = numbers.ToList();
        var mean = all.Average();
        return all.Count == 1 ? 0 : Math.Sqrt(all.Sum(number => (number - mean) * (number - mean)) / (all.Count - 1));
    }
}
