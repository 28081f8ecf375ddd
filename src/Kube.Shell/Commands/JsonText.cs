using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Kube.Shell.Commands;

/// <summary>Objects as JSON as ConvertTo-Json writes them: what lies deeper than asked for becomes text.</summary>
static class JsonText
{
    public static string Write(object? value, int depth, bool indented)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = indented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(writer, value, depth);
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    static void Write(Utf8JsonWriter writer, object? value, int depth)
    {
        var plain = value is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : value;
        switch (plain)
        {
            case null: writer.WriteNullValue(); break;
            case string text: writer.WriteStringValue(text); break;
            case char letter: writer.WriteStringValue(letter.ToString()); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case DateTime time: writer.WriteStringValue(time); break;
            case Enum choice: writer.WriteNumberValue(Convert.ToInt64(choice, CultureInfo.InvariantCulture)); break;
            case double or float when !double.IsFinite(Convert.ToDouble(plain, CultureInfo.InvariantCulture)): writer.WriteStringValue(Convert.ToString(plain, CultureInfo.InvariantCulture)); break;
            case double or float:
                var number = Convert.ToString(plain, CultureInfo.InvariantCulture)!;
                // As PowerShell writes it: one sees that it is no whole number by type.
                writer.WriteRawValue(number.AsSpan().IndexOfAny('.', 'E') < 0 ? number + ".0" : number);
                break;
            case sbyte or byte or short or ushort or int or uint or long or ulong or decimal:
                writer.WriteRawValue(JsonSerializer.Serialize(plain, plain.GetType()));
                break;
            default:
                if (depth < 0) writer.WriteStringValue(LanguagePrimitives.ConvertTo<string>(plain));
                else WriteComposite(writer, plain, value!, depth);
                break;
        }
    }

    static void WriteComposite(Utf8JsonWriter writer, object plain, object value, int depth)
    {
        switch (plain)
        {
            case IDictionary table:
                writer.WriteStartObject();
                foreach (DictionaryEntry entry in table)
                {
                    writer.WritePropertyName(Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "");
                    Write(writer, entry.Value, depth - 1);
                }
                writer.WriteEndObject();
                break;
            case IEnumerable many:
                writer.WriteStartArray();
                foreach (var item in many) Write(writer, item, depth - 1);
                writer.WriteEndArray();
                break;
            default:
                writer.WriteStartObject();
                foreach (var property in PSObject.AsPSObject(value).Properties.Where(property => property.IsGettable))
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value, depth - 1);
                }
                writer.WriteEndObject();
                break;
        }
    }
}
