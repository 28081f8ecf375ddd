using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text;

namespace Kube.Shell.Commands;

/// <summary>Objects as lines of CSV, and back: every field is quoted, as PowerShell writes it.</summary>
sealed class CsvText(char delimiter)
{
    /// <summary>The header for an object: the names of its properties.</summary>
    public static IReadOnlyList<string> ColumnsOf(PSObject item) => item.BaseObject is IDictionary table
        ? [.. table.Keys.Cast<object>().Select(key => key.ToString()!)]
        : [.. item.Properties.Where(property => property.IsGettable).Select(property => property.Name)];

    public string Header(IReadOnlyList<string> columns) => string.Join(delimiter, columns.Select(Quote));

    public string Row(PSObject item, IReadOnlyList<string> columns) => string.Join(delimiter, columns.Select(column => ValueOf(item, column) is { } value ? Quote(Text(value)) : ""));

    /// <summary>The rows of a text, each as its fields; a quoted field may hold line breaks, and one with nothing in it, not even quotes, is null.</summary>
    public IEnumerable<IReadOnlyList<string?>> Parse(string text)
    {
        var row = new List<string?>();
        var field = new StringBuilder();
        bool isQuoted = false, wasQuoted = false;
        for (var index = 0; index < text.Length; index++)
        {
            var letter = text[index];
            if (isQuoted)
            {
                if (letter != '"') field.Append(letter);
                else if (index + 1 < text.Length && text[index + 1] == '"') field.Append(text[++index]);
                else isQuoted = false;
            }
            else if (letter == '"' && string.IsNullOrWhiteSpace(field.ToString()) && !wasQuoted)
            {
                field.Clear();
                (isQuoted, wasQuoted) = (true, true);
            }
            else if (letter == delimiter)
            {
                row.Add(End());
            }
            else if (letter == '\n')
            {
                if (field.Length > 0 || wasQuoted || row.Count > 0) yield return [.. row, End()];
                row.Clear();
            }
            else if (letter != '\r')
            {
                field.Append(letter);
            }
        }
        if (field.Length > 0 || wasQuoted || row.Count > 0) yield return [.. row, End()];

        string? End()
        {
            var ended = field.Length > 0 || wasQuoted ? field.ToString() : null;
            field.Clear();
            wasQuoted = false;
            return ended;
        }
    }

    /// <summary>Rows as objects; the first row names the properties where no names are given.</summary>
    public IEnumerable<PSObject> Objects(string text, IReadOnlyList<string>? columns)
    {
        foreach (var row in Parse(text))
        {
            if (columns is null)
            {
                columns = [.. row.Select((name, index) => name ?? $"H{index + 1}")];
                continue;
            }
            var item = new PSObject();
            for (var index = 0; index < columns.Count; index++) item.Properties.Add(new PSNoteProperty(columns[index], index < row.Count ? row[index] : null));
            yield return item;
        }
    }

    static object? ValueOf(PSObject item, string column) => item.BaseObject is IDictionary table ? table[column] : item.Properties[column]?.Value;

    /// <summary>A value as PowerShell writes it here: dates and numbers by the culture, collections by their type.</summary>
    static string Text(object value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        IFormattable formattable => formattable.ToString(null, CultureInfo.CurrentCulture),
        var other => other.ToString() ?? "",
    };

    static string Quote(string text) => $"\"{text.Replace("\"", "\"\"")}\"";
}
