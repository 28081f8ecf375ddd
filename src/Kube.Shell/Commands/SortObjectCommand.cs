using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>Sort-Object by properties, as PowerShell compares.</summary>
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

    protected override void ProcessRecord()
    {
        if (InputObject is not null) _items.Add(InputObject);
    }

    protected override void EndProcessing()
    {
        var order = new KeyOrder();
        var sorted = Descending ? _items.OrderByDescending(KeyOf, order) : _items.OrderBy(KeyOf, order);
        object?[]? last = null;
        foreach (var item in sorted)
        {
            var key = KeyOf(item);
            if (Unique && last is not null && order.Compare(last, key) == 0) continue;
            last = key;
            WriteObject(item);
        }
    }

    object?[] KeyOf(PSObject item) => Property.Length == 0 ? [item.BaseObject] : [.. Property.Select(property => PropertyValue.Of(item, property).FirstOrDefault().Value)];

    sealed class KeyOrder : IComparer<object?[]>
    {
        public int Compare(object?[]? one, object?[]? other)
        {
            for (var index = 0; index < one!.Length; index++)
            {
                if (!LanguagePrimitives.TryCompare(one[index], other![index], ignoreCase: true, out var result))
                    result = string.Compare(one[index]?.ToString(), other[index]?.ToString(), StringComparison.CurrentCultureIgnoreCase);
                if (result != 0) return result;
            }
            return 0;
        }
    }
}
