using System.Text;
using System.Text.Json;
using Kube.Server.Storage;

namespace Kube.Server.Kinds;

/// <summary>Reads single fields of stored documents, once for each version of an object.</summary>
static class FieldValues
{
    /// <summary>The field as text; of a list, the field of each of its items, joined by commas.</summary>
    public static string Read(StoredObject item, SelectableField field)
    {
        if (ReferenceEquals(field, SelectableField.ObjectName))
            return item.Key.Name;
        if (ReferenceEquals(field, SelectableField.ObjectNamespace))
            return item.Key.Namespace;
        return Encoding.UTF8.GetString(item.Form(field, 0, stored => Encoding.UTF8.GetBytes(Read(stored.Json, field))));
    }

    static string Read(byte[] json, SelectableField field)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        var found = new List<string>();
        Collect(ref reader, field.Steps, found);
        return found.Count == 0 ? field.Missing : string.Join(",", found);
    }

    // Nothing but the way to the field is looked at. Leaves the reader at the end of the value that it began with.
    static void Collect(ref Utf8JsonReader reader, ReadOnlySpan<string> steps, List<string> found)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    Collect(ref reader, steps, found);
                break;
            case JsonTokenType.StartObject when steps.Length > 0:
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var onTheWay = reader.ValueTextEquals(steps[0]);
                    reader.Read();
                    if (onTheWay)
                        Collect(ref reader, steps[1..], found);
                    else
                        reader.Skip();
                }

                break;
            case JsonTokenType.StartObject:
                reader.Skip();
                break;
            case JsonTokenType.String when steps.Length == 0:
                found.Add(reader.GetString()!);
                break;
            case JsonTokenType.True or JsonTokenType.False when steps.Length == 0:
                found.Add(reader.GetBoolean() ? "true" : "false");
                break;
            case JsonTokenType.Number when steps.Length == 0:
                found.Add(Encoding.UTF8.GetString(reader.ValueSpan));
                break;
        }
    }
}
