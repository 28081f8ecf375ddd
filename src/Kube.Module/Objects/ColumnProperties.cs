using System.Runtime.CompilerServices;

namespace Kube.Module.Objects;

/// <summary>The properties that the columns of a server are at the prompt.</summary>
sealed class ColumnProperties
{
    static readonly ConditionalWeakTable<IReadOnlyList<KubeColumn>, ColumnProperties> Known = [];

    readonly Dictionary<string, int> _byName = new(StringComparer.OrdinalIgnoreCase);

    ColumnProperties(IReadOnlyList<KubeColumn> columns)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i].PropertyName is { Length: > 0 } name) _byName.TryAdd(name, i);
        }
    }

    /// <summary>Those of an object.</summary>
    public static ColumnProperties Of(KubeObject item) => Known.GetValue(item.Columns, columns => new(columns));

    /// <summary>Their names, in the order of the columns.</summary>
    public IEnumerable<string> Names => _byName.Keys;

    /// <summary>The column that a property shows; null where there is none.</summary>
    public int? Find(string name) => _byName.TryGetValue(name, out var index) ? index : null;
}
