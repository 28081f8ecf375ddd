using System.Text.Json;

namespace Kube.Columns;

/// <summary>What a server printed of one object. Immutable, but for the values, which are made once and kept.</summary>
/// <param name="table">The columns, shared by all rows of a table.</param>
/// <param name="cells">The cells, a JSON array.</param>
/// <param name="now">When it was read: the ages in it are of that time.</param>
sealed class TableRow(TableColumns table, byte[] cells, DateTime now)
{
    object?[]? _values;

    public IReadOnlyList<KubeColumn> Columns => table.Columns;

    public object? Value(KubeObject source, int index)
    {
        var values = Volatile.Read(ref _values);
        if (values is null) Volatile.Write(ref _values, values = Read(source));
        return values[index];
    }

    object?[] Read(KubeObject source)
    {
        var values = new object?[table.Columns.Count];
        var index = 0;
        foreach (var cell in new JsonSlice(cells))
        {
            if (index == values.Length) break;
            values[index] = table.Columns[index].Type == "date" ? Date(source, index, cell) : Plain(cell);
            index++;
        }
        return values;
    }

    DateTime? Date(KubeObject source, int index, JsonSlice cell)
    {
        if (table.PathOf(index) is not { } path) return PrintedAge.Parse(cell.Text) is { } age ? (now - age).ToLocalTime() : cell.Time;
        using var document = JsonDocument.Parse(source.Original.Json, new JsonDocumentOptions { MaxDepth = JsonSlice.Options.MaxDepth });
        return path.Find(document.RootElement).Select(found => found.ValueKind == JsonValueKind.String && found.TryGetDateTimeOffset(out var time) ? time.LocalDateTime : (DateTime?)null).FirstOrDefault();
    }

    static object? Plain(JsonSlice cell)
    {
        if (cell.IsMissing) return null;
        return cell.Json[0] is (byte)'{' or (byte)'[' ? System.Text.Encoding.UTF8.GetString(cell.Json) : KubeValue.Read(cell.Json.ToArray(), new());
    }
}
