using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>Group-Object: the objects that have the same values, together.</summary>
[Cmdlet("Group", "Object")]
[OutputType(typeof(ObjectGroup), typeof(Hashtable))]
public sealed class GroupObjectCommand : PSCmdlet
{
    readonly List<ObjectGroup> _groups = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[] Property { get; set; } = [];

    [Parameter]
    public SwitchParameter NoElement { get; set; }

    [Parameter]
    [Alias("AHT")]
    public SwitchParameter AsHashTable { get; set; }

    [Parameter]
    public SwitchParameter AsString { get; set; }

    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is null) return;
        object?[] values = Property.Length == 0 ? [InputObject.BaseObject] : [.. Property.Select(property => PropertyValue.Of(InputObject, property).FirstOrDefault().Value)];
        var order = new ValueOrder(!CaseSensitive);
        var group = _groups.Find(known => order.Compare([.. known.Values], values) == 0);
        if (group is null) _groups.Add(group = new ObjectGroup([.. values], !NoElement));
        group.Add(InputObject);
    }

    protected override void EndProcessing()
    {
        // As in PowerShell, the groups come in the order of their values.
        var groups = _groups.OrderBy(group => (object?[])[.. group.Values], new ValueOrder(!CaseSensitive));
        if (!AsHashTable)
        {
            foreach (var group in groups) WriteObject(EngineFormatting.Show(group, "Microsoft.PowerShell.Commands.GroupInfo"));
            return;
        }
        var table = CaseSensitive ? [] : new Hashtable(StringComparer.CurrentCultureIgnoreCase);
        foreach (var group in groups) table[AsString || group.Values[0] is null ? group.Name : group.Values[0] is PSObject wrapped ? wrapped.BaseObject : group.Values[0]!] = group.Group;
        WriteObject(table);
    }
}

/// <summary>Objects with the same values.</summary>
public sealed class ObjectGroup
{
    readonly bool _keeps;

    internal ObjectGroup(Collection<object?> values, bool keeps) => (Values, _keeps) = (values, keeps);

    /// <summary>The values, as text.</summary>
    public string Name => string.Join(", ", Values.Select(LanguagePrimitives.ConvertTo<string>));

    /// <summary>How many objects have them.</summary>
    public int Count { get; private set; }

    /// <summary>The objects; none where only their number was asked for.</summary>
    public Collection<PSObject> Group { get; } = [];

    /// <summary>The values.</summary>
    public Collection<object?> Values { get; }

    internal void Add(PSObject item)
    {
        Count++;
        if (_keeps) Group.Add(item);
    }
}
