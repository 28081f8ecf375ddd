using System.Collections;
using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>Sort-Object by properties, as PowerShell compares; a hashtable with Descending or Ascending sorts one of them its own way.</summary>
[Cmdlet("Sort", "Object")]
public sealed class SortObjectCommand : PSCmdlet
{
    readonly List<PSObject> _items = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[] Property { get; set; } = [];

    [Parameter]
    public SwitchParameter Descending { get; set; }

    [Parameter]
    public SwitchParameter Unique { get; set; }

    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    [Parameter]
    public SwitchParameter Stable { get; set; }

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Top { get; set; } = int.MaxValue;

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Bottom { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is not null) _items.Add(InputObject);
    }

    protected override void EndProcessing()
    {
        bool[] descending = Property.Length == 0 ? [Descending] : [.. Property.Select(IsDescending)];
        var values = new ValueOrder(!CaseSensitive);
        var order = Comparer<object?[]>.Create((one, other) => Compare(one, other, descending, values));
        var sorted = _items.Select(item => (Item: item, Key: KeyOf(item))).OrderBy(pair => pair.Key, order).ToList();
        if (Unique) sorted = [.. sorted.Where((pair, index) => index == 0 || order.Compare(sorted[index - 1].Key, pair.Key) != 0)];
        foreach (var (item, _) in Bottom is { } last ? sorted.TakeLast(last) : sorted.Take(Top)) WriteObject(item);
    }

    static int Compare(object?[] one, object?[] other, bool[] descending, ValueOrder values)
    {
        for (var index = 0; index < one.Length; index++)
        {
            if (values.Compare(one[index], other[index]) is var result and not 0) return descending[index] ? -result : result;
        }
        return 0;
    }

    bool IsDescending(object property)
    {
        if ((property is PSObject wrapped ? wrapped.BaseObject : property) is not IDictionary table) return Descending;
        foreach (DictionaryEntry entry in table)
        {
            if (entry.Key is not string key) continue;
            if ("descending".StartsWith(key, StringComparison.OrdinalIgnoreCase)) return LanguagePrimitives.IsTrue(entry.Value);
            if ("ascending".StartsWith(key, StringComparison.OrdinalIgnoreCase)) return !LanguagePrimitives.IsTrue(entry.Value);
        }
        return Descending;
    }

    object?[] KeyOf(PSObject item) => Property.Length == 0 ? [item.BaseObject] : [.. Property.Select(property => PropertyValue.Of(item, property).FirstOrDefault().Value)];
}
