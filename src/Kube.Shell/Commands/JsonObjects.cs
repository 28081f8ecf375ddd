using System.Globalization;
using System.Management.Automation;
using System.Numerics;
using System.Text.Json;

namespace Kube.Shell.Commands;

/// <summary>JSON as the objects that ConvertFrom-Json makes of it.</summary>
static class JsonObjects
{
    public static object? Of(JsonElement element, bool asHashtable) => element.ValueKind switch
    {
        JsonValueKind.Object => asHashtable ? Table(element) : Item(element),
        JsonValueKind.Array => element.EnumerateArray().Select(item => Of(item, asHashtable)).ToArray(),
        JsonValueKind.String => Text(element.GetString()!),
        JsonValueKind.Number => Number(element),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    static PSObject Item(JsonElement element)
    {
        var item = new PSObject();
        foreach (var property in element.EnumerateObject())
        {
            var value = Of(property.Value, asHashtable: false);
            if (item.Properties[property.Name] is { } known) known.Value = value;
            else item.Properties.Add(new PSNoteProperty(property.Name, value));
        }
        return item;
    }

    static System.Collections.Specialized.OrderedDictionary Table(JsonElement element)
    {
        var table = new System.Collections.Specialized.OrderedDictionary();
        foreach (var property in element.EnumerateObject()) table[property.Name] = Of(property.Value, asHashtable: true);
        return table;
    }

    /// <summary>Text that is a date and a time by ISO 8601 becomes one, as in PowerShell.</summary>
    static object Text(string text) =>
        text.Length >= 19 && text[4] == '-' && text[10] == 'T' && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time) ? time : text;

    static object Number(JsonElement element)
    {
        if (element.TryGetInt64(out var whole)) return whole;
        var raw = element.GetRawText();
        return !raw.Contains('.') && !raw.Contains('e', StringComparison.OrdinalIgnoreCase) ? BigInteger.Parse(raw, CultureInfo.InvariantCulture) : element.GetDouble();
    }
}
