namespace Kube.Columns;

/// <summary>The columns of one table, with the fields that those of dates show.</summary>
sealed class TableColumns(IReadOnlyList<KubeColumn> columns)
{
    // Servers say so of columns whose definition has no description of its own.
    const string PathPrefix = "Custom resource definition column (in JSONPath format): ";
    static readonly JsonPath Created = JsonPath.Parse(".metadata.creationTimestamp");

    readonly JsonPath?[] _paths = [.. columns.Select(FindPath)];

    public IReadOnlyList<KubeColumn> Columns => columns;

    /// <summary>The field behind a column of dates; null where the server does not tell.</summary>
    public JsonPath? PathOf(int index) => _paths[index];

    /// <summary>Reads an array of column definitions.</summary>
    public static TableColumns Read(ReadOnlySpan<byte> json)
    {
        var columns = new List<KubeColumn>();
        foreach (var column in new JsonSlice(json))
            columns.Add(new(column["name"u8].Text ?? "", column["type"u8].Text ?? "", column["priority"u8].Int ?? 0, column["description"u8].Text ?? ""));
        return new(columns);
    }

    static JsonPath? FindPath(KubeColumn column)
    {
        if (column.Type != "date") return null;
        if (column.Name.Equals("Age", StringComparison.OrdinalIgnoreCase)) return Created;
        if (!column.Description.StartsWith(PathPrefix, StringComparison.Ordinal)) return null;
        try
        {
            return JsonPath.Parse(column.Description[PathPrefix.Length..]);
        }
        catch (FormatException)
        {
            // Servers know more of paths than we do: the printed age has to do.
            return null;
        }
    }
}
