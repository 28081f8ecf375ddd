using System.Management.Automation;
using System.Reflection;

namespace Kube.Shell.Commands;

/// <summary>Select-Object with what people use most: properties, the first, the last, skipped, expanded.</summary>
[Cmdlet(VerbsCommon.Select, "Object")]
public sealed class SelectObjectCommand : PSCmdlet
{
    readonly Queue<PSObject> _tail = new();
    int _seen;
    int _written;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[] Property { get; set; } = [];

    [Parameter]
    public string? ExpandProperty { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? First { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? Last { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Skip { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is null || _seen++ < Skip) return;
        if (Last is { } count)
        {
            _tail.Enqueue(InputObject);
            if (_tail.Count > count) _tail.Dequeue();
            return;
        }
        if (First is not { } most)
        {
            Write(InputObject);
            return;
        }
        if (_written++ < most) Write(InputObject);
        // Whatever feeds this one has nothing left to do.
        if (_written >= most) throw Stop();
    }

    protected override void EndProcessing()
    {
        foreach (var item in _tail) Write(item);
    }

    void Write(PSObject item)
    {
        if (ExpandProperty is not null) WriteObject(item.Properties[ExpandProperty]?.Value, enumerateCollection: true);
        else if (Property.Length == 0) WriteObject(item);
        else WriteObject(Pick(item));
    }

    PSObject Pick(PSObject item)
    {
        var picked = new PSObject();
        foreach (var property in Property.SelectMany(wanted => PropertyValue.Of(item, wanted)))
        {
            if (picked.Properties[property.Name] is null) picked.Properties.Add(new PSNoteProperty(property.Name, property.Value));
        }
        return picked;
    }

    /// <summary>The engine's own way to end a pipeline from below is not public.</summary>
    Exception Stop()
    {
        var type = typeof(PSObject).Assembly.GetType("System.Management.Automation.StopUpstreamCommandsException", throwOnError: true)!;
        return (Exception)Activator.CreateInstance(type, BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Instance, null, [this], null)!;
    }
}
