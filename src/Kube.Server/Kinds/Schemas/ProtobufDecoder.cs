using System.Text.Json.Nodes;

namespace Kube.Server.Kinds.Schemas;

/// <summary>
/// Reads a protobuf message by its schema into the document that JSON has for it. What JSON leaves out is left in: the
/// reader of documents takes it away. Fields of unknown numbers are passed over, as protobuf wants it.
/// </summary>
static class ProtobufDecoder
{
    const int DeepestNesting = 40;

    /// <exception cref="DecodeException">The message is cut short, nested too deeply, or has a value of the wrong type.</exception>
    public static JsonObject Read(ReadOnlySpan<byte> message, StructSchema type)
    {
        var document = new JsonObject();
        ReadInto(document, message, type, 0);
        return document;
    }

    // A message that comes twice is merged, and so is an inlined type, whose fields JSON shows as the outer one's own.
    static void ReadInto(JsonObject target, ReadOnlySpan<byte> message, StructSchema type, int depth)
    {
        if (depth > DeepestNesting)
            throw new DecodeException("proto: the message is nested too deeply");
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            if (type.FindNumber(reader.Field) is { } field)
                ReadField(target, ref reader, field, type, depth);
            else if (type.FindInlined(reader.Field) is { } inlined && reader.Type == ProtobufType.Bytes)
                ReadInto(target, reader.Bytes(), inlined, depth + 1);
            else
                reader.Skip();
        }
    }

    static void ReadField(JsonObject target, ref ProtobufReader reader, FieldSchema field, StructSchema owner, int depth)
    {
        switch (field.Value)
        {
            case ValueSchema.List list:
                if (target[field.Name] is not JsonArray items)
                    target[field.Name] = items = [];
                ReadItems(items, ref reader, list.Item, field, owner, depth);
                break;
            case ValueSchema.Map map:
                if (target[field.Name] is not JsonObject entries)
                    target[field.Name] = entries = [];
                ReadEntry(entries, ref reader, map.Item, field, owner, depth);
                break;
            case ValueSchema.Struct inner:
                Expect(ref reader, ProtobufType.Bytes, field, owner);
                if (target[field.Name] is not JsonObject nested)
                    target[field.Name] = nested = [];
                ReadInto(nested, reader.Bytes(), inner.Type, depth + 1);
                break;
            default:
                target[field.Name] = ReadValue(ref reader, field.Value, field, owner, depth);
                break;
        }
    }

    // Numbers may come one by one or packed, whichever the sender likes.
    static void ReadItems(JsonArray items, ref ProtobufReader reader, ValueSchema schema, FieldSchema field, StructSchema owner, int depth)
    {
        if (schema is not ValueSchema.Scalar scalar || reader.Type != ProtobufType.Bytes || !ProtobufScalars.IsVarint(scalar.Type))
        {
            items.Add(ReadValue(ref reader, schema, field, owner, depth));
            return;
        }

        var packed = reader.Bytes();
        var numbers = new ProtobufReader(packed);
        while (numbers.HasMore)
            items.Add(ProtobufScalars.ReadVarint(numbers.Varint(), scalar.Type));
    }

    static void ReadEntry(JsonObject entries, ref ProtobufReader reader, ValueSchema schema, FieldSchema field, StructSchema owner, int depth)
    {
        Expect(ref reader, ProtobufType.Bytes, field, owner);
        var key = "";
        JsonNode? value = null;
        var entry = new ProtobufReader(reader.Bytes());
        while (entry.Read())
        {
            switch (entry.Field)
            {
                case 1:
                    Expect(ref entry, ProtobufType.Bytes, field, owner);
                    key = entry.Text();
                    break;
                case 2:
                    value = ReadValue(ref entry, schema, field, owner, depth + 1);
                    break;
                default:
                    entry.Skip();
                    break;
            }
        }

        entries[key] = value;
    }

    static JsonNode? ReadValue(ref ProtobufReader reader, ValueSchema schema, FieldSchema field, StructSchema owner, int depth)
    {
        Expect(ref reader, schema is ValueSchema.Scalar { Type: var wanted } ? ProtobufScalars.WireType(wanted) : ProtobufType.Bytes, field, owner);
        switch (schema)
        {
            case ValueSchema.Scalar scalar:
                return ProtobufScalars.Read(ref reader, scalar.Type);
            case ValueSchema.Any:
                return ProtobufScalars.ReadJson(reader.Bytes());
            case ValueSchema.Struct inner:
                var nested = new JsonObject();
                ReadInto(nested, reader.Bytes(), inner.Type, depth + 1);
                return nested;
            case ValueSchema.List list:
                return ReadWrapped(reader.Bytes(), list.Item, field, owner, depth + 1);
            default:
                throw new DecodeException($"proto: {owner.Name}.{field.Name} has no form in protobuf");
        }
    }

    // Within a map or a list, a list is a message with one repeated field.
    static JsonArray ReadWrapped(ReadOnlySpan<byte> message, ValueSchema item, FieldSchema field, StructSchema owner, int depth)
    {
        if (depth > DeepestNesting)
            throw new DecodeException("proto: the message is nested too deeply");
        var items = new JsonArray();
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            if (reader.Field == 1)
                ReadItems(items, ref reader, item, field, owner, depth);
            else
                reader.Skip();
        }

        return items;
    }

    static void Expect(ref ProtobufReader reader, ProtobufType type, FieldSchema field, StructSchema owner)
    {
        if (reader.Type != type)
            throw new DecodeException($"proto: wrong wireType = {(int)reader.Type} for field {owner.Name}.{field.Name}");
    }
}
