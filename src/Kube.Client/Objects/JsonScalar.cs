using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Kube;

/// <summary>Single JSON values, both ways.</summary>
static class JsonScalar
{
    /// <summary>A string or a property's name; null for any other token.</summary>
    public static string? Text(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName)) return null;
        if (!reader.ValueIsEscaped) return Known(reader.ValueSpan) ?? Encoding.UTF8.GetString(reader.ValueSpan);
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return Unescape(Encoding.UTF8.GetString(reader.ValueSpan));
        }
    }

    /// <summary>An RFC 3339 time as ticks of UTC; 0 for anything else.</summary>
    public static long UtcTicks(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var time) ? time.UtcTicks : 0;

    /// <summary>Times are of kind Local: a DateTimeOffset breaks <c>-gt</c> and subtraction at the prompt.</summary>
    public static DateTime? Local(long utcTicks) => utcTicks == 0 ? null : new DateTime(utcTicks, DateTimeKind.Utc).ToLocalTime();

    /// <summary>An int where it fits, else a long, else a decimal where that holds the whole number, else a double.</summary>
    public static object Number(ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt32(out int small)) return small;
        if (reader.TryGetInt64(out long large)) return large;
        if (reader.ValueSpan.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0 && reader.TryGetDecimal(out decimal whole)) return whole;
        return reader.GetDouble();
    }

    public static void WriteString(IBufferWriter<byte> output, string text)
    {
        Write(output, "\""u8);
        Write(output, JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);
        Write(output, "\""u8);
    }

    public static void WriteValue(IBufferWriter<byte> output, object? value)
    {
        switch (value)
        {
            case null: Write(output, "null"u8); break;
            case bool truth: Write(output, truth ? "true"u8 : "false"u8); break;
            case string text: WriteString(output, text); break;
            case int or long or double or decimal: WriteNumber(output, (IUtf8SpanFormattable)value); break;
            default: throw new ArgumentException($"A {value.GetType()} is no JSON value.", nameof(value));
        }
    }

    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(output.GetSpan(bytes.Length));
        output.Advance(bytes.Length);
    }

    static void WriteNumber(IBufferWriter<byte> output, IUtf8SpanFormattable number)
    {
        Span<byte> digits = stackalloc byte[64];
        number.TryFormat(digits, out int length, default, CultureInfo.InvariantCulture);
        Write(output, digits[..length]);
    }

    /// <summary>Words that nearly every object holds are kept once.</summary>
    static string? Known(ReadOnlySpan<byte> text) => text.Length switch
    {
        2 when text.SequenceEqual("v1"u8) => "v1",
        3 when text.SequenceEqual("Pod"u8) => "Pod",
        6 when text.SequenceEqual("Failed"u8) => "Failed",
        7 when text.SequenceEqual("Running"u8) => "Running",
        7 when text.SequenceEqual("Pending"u8) => "Pending",
        7 when text.SequenceEqual("default"u8) => "default",
        9 when text.SequenceEqual("Succeeded"u8) => "Succeeded",
        9 when text.SequenceEqual("Completed"u8) => "Completed",
        9 when text.SequenceEqual("Burstable"u8) => "Burstable",
        10 when text.SequenceEqual("BestEffort"u8) => "BestEffort",
        11 when text.SequenceEqual("kube-system"u8) => "kube-system",
        _ => null,
    };

    /// <summary>The reader refuses half of a surrogate pair (<c>\ud800</c>); like Go's, this puts U+FFFD in its place.</summary>
    static string Unescape(string text)
    {
        var result = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\') { result.Append(text[i]); continue; }
            char escape = text[++i];
            if (escape != 'u')
            {
                result.Append(escape switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', _ => escape });
                continue;
            }
            result.Append((char)int.Parse(text.AsSpan(i + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            i += 4;
        }
        for (int i = 0; i < result.Length; i++)
        {
            if (char.IsHighSurrogate(result[i]) && i + 1 < result.Length && char.IsLowSurrogate(result[i + 1])) i++;
            else if (char.IsSurrogate(result[i])) result[i] = '\ufffd';
        }
        return result.ToString();
    }
}
