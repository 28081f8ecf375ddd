using System.Management.Automation;
using System.Reflection;

namespace Kube.Shell.Commands;

/// <summary>Select-Object: properties, and the first, the last, the different ones of a row of objects.</summary>
[Cmdlet(VerbsCommon.Select, "Object")]
public sealed class SelectObjectCommand : PSCmdlet
{
    readonly Queue<PSObject> _tail = new();
    readonly List<object?[]> _written = [];
    int _seen;
    int _taken;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[] Property { get; set; } = [];

    [Parameter]
    [SupportsWildcards]
    public string[] ExcludeProperty { get; set; } = [];

    [Parameter]
    public string? ExpandProperty { get; set; }

    [Parameter]
    public SwitchParameter Unique { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? First { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? Last { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Skip { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int SkipLast { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int[]? Index { get; set; }

    protected override void BeginProcessing()
    {
        // The last ones are known at the end alone, and what is skipped then is skipped from there.
        if (First == 0 && Last is null) throw Stop();
    }

    protected override void ProcessRecord()
    {
        if (InputObject is null) return;
        var place = _seen++;
        if (Index is not null)
        {
            if (Index.Contains(place)) Write(InputObject);
            return;
        }
        if (First is { } most && _taken < most && place >= Skip)
        {
            _taken++;
            Write(InputObject);
            // Whatever feeds this one has nothing left to do.
            if (_taken == most && Last is null) throw Stop();
            return;
        }
        if (Last is not null) Keep(Last.Value + Skip);
        else if (First is null && place >= Skip) Pass();
    }

    protected override void EndProcessing()
    {
        if (Last is not null) foreach (var item in _tail.Take(Math.Max(0, _tail.Count - (First is null ? Skip : 0)))) Write(item);
    }

    void Keep(int count)
    {
        _tail.Enqueue(InputObject!);
        if (_tail.Count > count) _tail.Dequeue();
    }

    /// <summary>Hands on what is certain not to be among the last ones that are skipped.</summary>
    void Pass()
    {
        _tail.Enqueue(InputObject!);
        if (_tail.Count > SkipLast) Write(_tail.Dequeue());
    }

    void Write(PSObject item)
    {
        if (ExpandProperty is not null) Expand(item);
        else WriteOnce(Property.Length == 0 && ExcludeProperty.Length == 0 ? item : Pick(item, Property.Length == 0 ? ["*"] : Property));
    }

    void Expand(PSObject item)
    {
        if (item.Properties[ExpandProperty] is not { } property)
        {
            WriteError(new ErrorRecord(new PSArgumentException($"Property \"{ExpandProperty}\" cannot be found."), "ExpandPropertyNotFound", ErrorCategory.InvalidArgument, item));
            return;
        }
        foreach (var part in LanguagePrimitives.GetEnumerable(property.Value)?.Cast<object?>() ?? [property.Value])
        {
            if (part is null) continue;
            var expanded = PSObject.AsPSObject(part);
            foreach (var picked in Pick(item, Property).Properties)
            {
                if (expanded.Properties[picked.Name] is null) expanded.Properties.Add(new PSNoteProperty(picked.Name, picked.Value));
            }
            WriteOnce(expanded);
        }
    }

    void WriteOnce(PSObject item)
    {
        if (Unique)
        {
            object?[] key = item.BaseObject is PSCustomObject ? [.. item.Properties.Select(property => property.Value)] : [item.BaseObject];
            var order = new ValueOrder(ignoreCase: false);
            if (_written.Exists(known => known.Length == key.Length && order.Compare(known, key) == 0)) return;
            _written.Add(key);
        }
        WriteObject(item);
    }

    PSObject Pick(PSObject item, object[] wanted)
    {
        var picked = new PSObject();
        var excluded = ExcludeProperty.Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase)).ToList();
        foreach (var property in wanted.SelectMany(name => PropertyValue.Of(item, name)))
        {
            if (picked.Properties[property.Name] is null && !excluded.Exists(pattern => pattern.IsMatch(property.Name))) picked.Properties.Add(new PSNoteProperty(property.Name, property.Value));
        }
        var type = item.TypeNames.FirstOrDefault() ?? "System.Object";
        picked.TypeNames.Insert(0, "Selected." + (type.StartsWith("Selected.", StringComparison.Ordinal) ? type[9..] : type));
        return picked;
    }

    /// <summary>The engine's own way to end a pipeline from below is not public.</summary>
    Exception Stop()
    {
        var type = typeof(PSObject).Assembly.GetType("System.Management.Automation.StopUpstreamCommandsException", throwOnError: true)!;
        return (Exception)Activator.CreateInstance(type, BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Instance, null, [this], null)!;
    }
}
