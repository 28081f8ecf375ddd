using System.Globalization;
using System.Text.Json;

namespace Kube.Server.Kinds;

/// <summary>Cells that many tables share.</summary>
static class TableCells
{
    public const string None = "<none>";
    public const string Unknown = "<unknown>";

    public static string Name(JsonElement item) => Text(item, "metadata", "name");

    public static string Age(RowSource row) => Since(Text(row.Item, "metadata", "creationTimestamp"), row.Now);

    public static string Since(string timestamp, DateTimeOffset now) =>
        DateTimeOffset.TryParse(timestamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var then)
            ? KubeAge.Format(now - then)
            : Unknown;

    /// <summary>A text at a path; empty when it is missing.</summary>
    public static string Text(JsonElement item, params ReadOnlySpan<string> path) =>
        Find(item, path) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : "";

    /// <summary>A number at a path; 0 when it is missing.</summary>
    public static long Number(JsonElement item, params ReadOnlySpan<string> path) =>
        Find(item, path) is { ValueKind: JsonValueKind.Number } value ? value.GetInt64() : 0;

    /// <summary>The elements of a list at a path; none when it is missing.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement item, params ReadOnlySpan<string> path) =>
        Find(item, path) is { ValueKind: JsonValueKind.Array } value ? value.EnumerateArray() : [];

    /// <summary>The texts of a list at a path.</summary>
    public static IEnumerable<string> Texts(JsonElement item, params ReadOnlySpan<string> path) => Items(item, path).Select(i => i.GetString() ?? "");

    /// <summary>The number of entries of a list or map at a path.</summary>
    public static int Count(JsonElement item, params ReadOnlySpan<string> path) => Find(item, path) switch
    {
        { ValueKind: JsonValueKind.Array } list => list.GetArrayLength(),
        { ValueKind: JsonValueKind.Object } map => map.EnumerateObject().Count(),
        _ => 0,
    };

    /// <summary>A map of texts as kubectl prints selectors: <c>a=b,c=d</c> in order.</summary>
    public static string Labels(JsonElement item, params ReadOnlySpan<string> path) =>
        Find(item, path) is { ValueKind: JsonValueKind.Object } map && map.EnumerateObject().Any()
            ? string.Join(",", map.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => $"{p.Name}={p.Value}"))
            : None;

    public static string OrNone(string text) => text.Length == 0 ? None : text;

    public static JsonElement? Find(JsonElement item, params ReadOnlySpan<string> path)
    {
        foreach (var step in path)
        {
            if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty(step, out item))
                return null;
        }

        return item;
    }
}
