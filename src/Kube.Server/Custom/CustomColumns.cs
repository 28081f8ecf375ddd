using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds;

namespace Kube.Server.Custom;

/// <summary>The columns that a definition gives its kind.</summary>
static class CustomColumns
{
    const string Invalid = "<invalid>";

    /// <summary>The name and the columns of a version; its age where it has none.</summary>
    public static IReadOnlyList<TableColumn> Of(JsonObject version)
    {
        var columns = version.Objects("additionalPrinterColumns").Select(Column).ToList();
        return [TableColumn.ObjectName, .. columns.Count > 0 ? columns : [Age]];
    }

    static TableColumn Age { get; } = new("Age", "date") { Cell = row => Cell(row, "date", JsonPath.Parse(".metadata.creationTimestamp")) };

    static TableColumn Column(JsonObject column)
    {
        var type = column.Text("type");
        var described = new TableColumn(column.Text("name"), type, (int)(column.Number("priority") ?? 0)) { Format = column.Text("format"), Description = Description(column) };
        try
        {
            var path = JsonPath.Parse(column.Text("jsonPath"));
            return described with { Cell = row => Cell(row, type, path) };
        }
        catch (FormatException)
        {
            // Kubernetes takes paths that lead nowhere, and shows nothing for them.
            return described;
        }
    }

    static string Description(JsonObject column) =>
        column.Text("description") is { Length: > 0 } text ? text : $"Custom resource definition column (in JSONPath format): {column.Text("jsonPath")}";

    static object? Cell(RowSource row, string type, JsonPath path)
    {
        if (path.Find(row.Item).Select(v => (JsonElement?)v).FirstOrDefault() is not { } value)
            return null;
        return (type, value.ValueKind) switch
        {
            (_, JsonValueKind.Null) when type != "string" => null,
            ("string", _) => Text(value),
            ("integer", JsonValueKind.Number) => value.TryGetInt64(out var whole) ? whole : (long)value.GetDouble(),
            ("number", JsonValueKind.Number) => value.GetDouble(),
            ("boolean", JsonValueKind.True or JsonValueKind.False) => value.GetBoolean(),
            ("date", JsonValueKind.String) => Since(value.GetString()!, row.Now),
            _ => null,
        };
    }

    static string Since(string time, DateTimeOffset now) => time.Length == 0
        ? TableCells.Unknown
        : DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _) && time.Contains('T') ? TableCells.Since(time, now) : Invalid;

    // Maps and lists are written as Go does: without spaces, keys in order.
    static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Object or JsonValueKind.Array => Sorted(JsonNode.Parse(value.GetRawText())!).ToJsonString(JsonText.NodeOptions),
        JsonValueKind.Null => "<nil>",
        _ => value.GetRawText(),
    };

    static JsonNode Sorted(JsonNode node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => KeyValuePair.Create(f.Key, f.Value is null ? null : Sorted(f.Value)))),
        JsonArray list => new JsonArray([.. list.Select(i => i is null ? null : Sorted(i))]),
        _ => node.DeepClone(),
    };
}
