using System.Collections.Concurrent;
using System.Globalization;
using System.Management.Automation.Host;

namespace Kube.Module.Views;

/// <summary>The cells of the server's columns. Views know columns by numbers: a name is the server's to choose, and has no place in a script.</summary>
public static class ColumnCell
{
    static readonly ConcurrentDictionary<string, int> Numbers = new(StringComparer.Ordinal);
    static readonly ConcurrentDictionary<int, string> Names = [];

    /// <summary>The number of a column's name, the same for all kinds and clusters while the process lives.</summary>
    internal static int NumberOf(string name)
    {
        lock (Names)
        {
            if (!Numbers.TryGetValue(name, out var number)) Names[Numbers[name] = number = Names.Count] = name;
            return number;
        }
    }

    /// <summary>A cell, whole.</summary>
    /// <param name="item">The object.</param>
    /// <param name="number">The number of the column's name.</param>
    public static string Of(KubeObject item, int number) => Of(item, number, null, 0, 0);

    /// <summary>A cell within its share of the screen.</summary>
    /// <inheritdoc cref="Cell.Fit(string?, PSHost?, int, int)"/>
    /// <param name="item">The object.</param>
    /// <param name="number">The number of the column's name.</param>
    /// <param name="host">Whose screen; null: the cell is not cut.</param>
    /// <param name="narrow">Columns for it on a screen that is 80 wide.</param>
    /// <param name="percent">Its part of what a screen has beyond 80.</param>
    public static string Of(KubeObject item, int number, PSHost? host, int narrow, int percent)
    {
        if (!Names.TryGetValue(number, out var name)) return "";
        for (var i = 0; i < item.Columns.Count; i++)
        {
            if (item.Columns[i].Name != name) continue;
            var text = Cell.Fit(Text(item.GetCell(i)), host, narrow, percent)!;
            return name.ToUpperInvariant() is "STATUS" or "STATE" or "PHASE" ? Cell.State(text) : text;
        }
        return "";
    }

    static string Text(object? value) => value switch
    {
        null => "",
        DateTime time => KubeAge.Since(time),
        bool truth => truth ? "true" : "false",
        // What a stranger has written into an object must not steer the terminal.
        string text => string.Concat(text.ReplaceLineEndings("\u21b5").Select(letter => char.IsControl(letter) ? '\ufffd' : letter)),
        var other => Convert.ToString(other, CultureInfo.InvariantCulture) ?? "",
    };
}
