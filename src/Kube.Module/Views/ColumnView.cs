using System.Management.Automation;
using Kube.Module.Objects;

namespace Kube.Module.Views;

/// <summary>The views of a kind that has no type of its own: tables with the server's columns, and a list with them and the document.</summary>
static class ColumnView
{
    const int Screen = 80, NamespaceShare = 11, NameShare = 21, LeastShare = 8;
    const string Cells = "[Kube.Module.Views.ColumnCell]";

    // They tell no more than the view of all objects does.
    static readonly string[] Common = ["Name", "Age", "Created At"];

    /// <summary>Whether the columns say more than the view that all objects have.</summary>
    public static bool IsWorthwhile(IReadOnlyList<KubeColumn> columns) => columns.Any(column => !Common.Contains(column.Name, StringComparer.OrdinalIgnoreCase));

    /// <summary>The views under the name of the object's type.</summary>
    public static ExtendedTypeDefinition Define(KubeObject item) => new(KindTypeName.Of(item),
    [
        new("default", Table(item, [.. item.Columns.Where(column => column.Priority == 0)])),
        new("wide", Table(item, item.Columns)),
        new("default", List(item)),
    ]);

    static TableControl Table(KubeObject item, IReadOnlyList<KubeColumn> columns)
    {
        var shown = columns.Where(column => !IsName(column)).ToArray();
        var share = shown.Length == 0 ? 0 : Math.Max(LeastShare, (Screen - NameShare - (item.Namespace is null ? 0 : NamespaceShare + 1)) / shown.Length - 1);
        var cells = new List<(string Label, string Script, Alignment Alignment)>
        {
            ("Name", $"[Kube.Module.Views.Cell]::Fit($_.Name, $Host, {NameShare}, 40)", Alignment.Left),
        };
        if (item.Namespace is not null) cells.Insert(0, ("Namespace", $"[Kube.Module.Views.Cell]::Fit($_.Namespace, $Host, {NamespaceShare}, 25)", Alignment.Left));
        cells.AddRange(shown.Select(column => (Label(column), $"{Cells}::Of($_, {ColumnCell.NumberOf(column.Name)}, $Host, {share}, 20)", column.Type is "integer" or "number" ? Alignment.Right : Alignment.Left)));
        return new(
            new TableControlRow(cells.Select(cell => new TableControlColumn(cell.Alignment, Script(cell.Script)))),
            cells.Select(cell => new TableControlColumnHeader(cell.Label, 0, cell.Alignment)));
    }

    static ListControl List(KubeObject item) => new([new ListControlEntry(
    [
        .. new[] { "Name", "Namespace", "ApiVersion", "Kind" }.Select(Property),
        new("Labels", Script("$_.Labels.ToString()")),
        .. new[] { "Annotations", "CreationTimestamp" }.Select(Property),
        .. item.Columns.Where(column => !Common.Contains(column.Name, StringComparer.OrdinalIgnoreCase))
            .Select(column => new ListControlEntryItem(Label(column), Script($"{Cells}::Of($_, {ColumnCell.NumberOf(column.Name)})"))),
        .. new[] { "Spec", "Status" }.Select(Property),
    ])]);

    static ListControlEntryItem Property(string name) => new(null, new DisplayEntry(name, DisplayEntryValueType.Property));

    static DisplayEntry Script(string text) => new(text, DisplayEntryValueType.ScriptBlock);

    static bool IsName(KubeColumn column) => column.Name.Equals("Name", StringComparison.OrdinalIgnoreCase);

    // The property's name, so that what stands in the head of a table can be typed behind it.
    static string Label(KubeColumn column) => column.PropertyName is { Length: > 0 } name ? name : "-";
}
