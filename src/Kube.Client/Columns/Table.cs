using Kube.Http;

namespace Kube.Columns;

/// <summary>Objects out of tables: the form in which servers print them, asked to carry the objects along.</summary>
static class Table
{
    /// <summary>A table where the server can make one; else the document alone.</summary>
    public const string Accept = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

    /// <summary>Asks for a table with whole objects in it, where the kind has no type of its own that knows its columns.</summary>
    public static KubeRequest Ask(KubeRequest request, KubeResource resource) => KubeKinds.HasType(resource.ApiVersion, resource.Kind)
        ? request
        : request with { Accept = Accept, Target = request.Target + (request.Target.Contains('?') ? '&' : '?') + "includeObject=Object" };

    /// <summary>Whether a document is a table.</summary>
    public static bool Is(ReadOnlyMemory<byte> json)
    {
        var document = new JsonSlice(Trim(json.Span));
        return document["kind"u8].Text == "Table" && document["apiVersion"u8].Text?.StartsWith("meta.k8s.io/", StringComparison.Ordinal) == true;
    }

    /// <summary>The one object of a table of one row.</summary>
    /// <param name="json">The table.</param>
    /// <param name="resource">What it is of.</param>
    /// <param name="connection">Where it came from.</param>
    /// <param name="columns">The columns that the table names, else those that were named before.</param>
    /// <exception cref="FormatException">It has no object.</exception>
    public static KubeObject ReadOne(ReadOnlyMemory<byte> json, KubeResource resource, KubeConnection connection, ref TableColumns? columns)
    {
        var table = new JsonSlice(Trim(json.Span));
        var definitions = table["columnDefinitions"u8];
        if (!definitions.IsMissing) columns = TableColumns.Read(definitions.Json);
        foreach (var row in table["rows"u8]) return ReadRow(row.Json, resource, connection, columns, DateTime.UtcNow);
        throw new FormatException("the table has no row");
    }

    /// <summary>The object of a row.</summary>
    /// <exception cref="FormatException">It has none.</exception>
    public static KubeObject ReadRow(ReadOnlySpan<byte> json, KubeResource resource, KubeConnection connection, TableColumns? columns, DateTime now)
    {
        var row = new JsonSlice(json);
        var item = row["object"u8];
        if (item.IsMissing) throw new FormatException("a row of the table has no object");
        var found = KubeObject.FromListItem(item.Json.ToArray(), resource.ApiVersion, resource.Kind, connection);
        if (columns is not null && row["cells"u8] is { IsMissing: false } cells) found.Row = new TableRow(columns, cells.Json.ToArray(), now);
        return found;
    }

    /// <summary>The version of a table: its own, else its object's, as in a bookmark.</summary>
    public static string? VersionOf(ReadOnlyMemory<byte> json)
    {
        var table = new JsonSlice(Trim(json.Span));
        if (table["metadata"u8]["resourceVersion"u8].Text is { Length: > 0 } version) return version;
        foreach (var row in table["rows"u8]) return row["object"u8]["metadata"u8]["resourceVersion"u8].Text;
        return null;
    }

    static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> json) => json.TrimStart(" \t\r\n"u8);
}
