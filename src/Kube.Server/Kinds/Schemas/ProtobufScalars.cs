using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kube.Server.Kinds.Schemas;

/// <summary>Reads single values in protobuf into what JSON has for them.</summary>
static class ProtobufScalars
{
    // apimachinery, pkg/util/intstr: the first field says which of the other two holds.
    const ulong IntOrStringIsText = 1;
    static readonly DateTimeOffset FirstTime = DateTimeOffset.MinValue;
    static readonly DateTimeOffset LastTime = DateTimeOffset.MaxValue;

    public static bool IsVarint(ScalarType type) => type is ScalarType.Bool or ScalarType.Int32 or ScalarType.Int64;

    /// <summary>How a value of a type is laid out where each stands by itself.</summary>
    public static ProtobufType WireType(ScalarType type) => type switch
    {
        ScalarType.Double => ProtobufType.Fixed64,
        _ => IsVarint(type) ? ProtobufType.Varint : ProtobufType.Bytes,
    };

    /// <returns>Null where Go's type writes null: a time that is not set.</returns>
    /// <exception cref="DecodeException">The value is malformed.</exception>
    public static JsonNode? Read(ref ProtobufReader reader, ScalarType type) => type switch
    {
        ScalarType.String => reader.Text(),
        ScalarType.Bytes => Convert.ToBase64String(reader.Bytes()),
        ScalarType.Double => ReadDouble(ref reader),
        ScalarType.Quantity => ReadFirstText(reader.Bytes()) is { Length: > 0 } quantity ? quantity : "0",
        ScalarType.IntOrString => ReadIntOrString(reader.Bytes()),
        ScalarType.Time or ScalarType.MicroTime => ReadTime(reader.Bytes(), type),
        ScalarType.Duration => ReadDuration(reader.Bytes()),
        _ => ReadVarint(reader.Varint(), type),
    };

    public static JsonNode ReadVarint(ulong value, ScalarType type) => type switch
    {
        ScalarType.Bool => value != 0,
        ScalarType.Int32 => (int)value,
        _ => (long)value,
    };

    /// <summary>A value that is free of form: JSON in the one field of a message.</summary>
    public static JsonNode? ReadJson(ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> json = [];
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            if (reader is { Field: 1, Type: ProtobufType.Bytes })
                json = reader.Bytes();
            else
                reader.Skip();
        }

        try
        {
            return json.IsEmpty ? null : JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException)
        {
            throw new DecodeException("a nested document must be JSON");
        }
    }

    static JsonNode ReadDouble(ref ProtobufReader reader)
    {
        var value = BitConverter.UInt64BitsToDouble(reader.Fixed64());
        return double.IsFinite(value) ? value : throw new DecodeException($"json: unsupported value: {value.ToString(CultureInfo.InvariantCulture)}");
    }

    static string ReadFirstText(ReadOnlySpan<byte> message)
    {
        var text = "";
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            if (reader is { Field: 1, Type: ProtobufType.Bytes })
                text = reader.Text();
            else
                reader.Skip();
        }

        return text;
    }

    static JsonNode ReadIntOrString(ReadOnlySpan<byte> message)
    {
        var (isText, number, text) = (false, 0, "");
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            switch (reader.Field, reader.Type)
            {
                case (1, ProtobufType.Varint):
                    isText = reader.Varint() == IntOrStringIsText;
                    break;
                case (2, ProtobufType.Varint):
                    number = (int)reader.Varint();
                    break;
                case (3, ProtobufType.Bytes):
                    text = reader.Text();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return isText ? text : number;
    }

    static JsonNode? ReadTime(ReadOnlySpan<byte> message, ScalarType type)
    {
        if (message.IsEmpty)
            return null;
        var (seconds, nanoseconds) = ReadNumbers(message);
        if (seconds < FirstTime.ToUnixTimeSeconds() || seconds > LastTime.ToUnixTimeSeconds())
            throw new DecodeException($"the time {seconds} is out of range");
        var time = DateTimeOffset.FromUnixTimeSeconds(seconds);
        // JSON has whole seconds for one and microseconds for the other, and must not say less than protobuf.
        return type == ScalarType.Time
            ? time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            : time.AddMicroseconds(Math.Clamp(nanoseconds, 0, 999_999_999) / 1000).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
    }

    static string ReadDuration(ReadOnlySpan<byte> message)
    {
        var (nanoseconds, _) = ReadNumbers(message);
        // Go reads any sum of parts, so that one in nanoseconds is as good as the longest form.
        return string.Create(CultureInfo.InvariantCulture, $"{nanoseconds}ns");
    }

    static (long First, long Second) ReadNumbers(ReadOnlySpan<byte> message)
    {
        var (first, second) = (0L, 0L);
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            switch (reader.Field, reader.Type)
            {
                case (1, ProtobufType.Varint):
                    first = (long)reader.Varint();
                    break;
                case (2, ProtobufType.Varint):
                    second = (long)reader.Varint();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return (first, second);
    }
}
