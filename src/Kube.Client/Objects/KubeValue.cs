using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Kube;

/// <summary>Values of a document: read from it, converted from what people assign, written back.</summary>
static class KubeValue
{
    /// <summary>Deeper than any manifest; a table that holds itself ends here.</summary>
    const int MaxDepth = 200;

    static Func<KubeMap, object> _present = map => map;
    static Func<object, object?> _unwrap = value => value;

    public static void Use(Func<KubeMap, object> present, Func<object, object?> unwrap) => (_present, _unwrap) = (present, unwrap);

    /// <summary>As people see it.</summary>
    public static object? Present(object? value) => value switch
    {
        KubeMap map => _present(map),
        KubeMapArray list => list.Items,
        _ => value,
    };

    public static object? Unwrap(object? value) => value is null ? null : _unwrap(value);

    public static object? Read(ReadOnlyMemory<byte> json, DocumentEdits edits)
    {
        switch (json.Span[0])
        {
            case (byte)'{': return new KubeMap(json, edits);
            case (byte)'[': return new KubeMapArray(json, edits);
            default:
                var reader = new Utf8JsonReader(json.Span, JsonSlice.Options);
                reader.Read();
                return reader.TokenType switch
                {
                    JsonTokenType.String => JsonScalar.Text(ref reader),
                    JsonTokenType.Number => JsonScalar.Number(ref reader),
                    JsonTokenType.True => true,
                    JsonTokenType.False => false,
                    _ => null,
                };
        }
    }

    public static void Write(IBufferWriter<byte> output, object? value)
    {
        if (value is KubeMap map) map.WriteTo(output);
        else if (value is KubeMapArray list) list.WriteTo(output);
        else JsonScalar.WriteValue(output, value);
    }

    /// <exception cref="ArgumentException">JSON cannot hold it.</exception>
    public static object? Convert(object? value, DocumentEdits edits) => Convert(value, edits, 0);

    static object? Convert(object? assigned, DocumentEdits edits, int depth)
    {
        if (depth > MaxDepth) throw new ArgumentException("The value is nested too deeply, or holds itself.");
        object? value = Unwrap(assigned);
        switch (value)
        {
            case null or DBNull: return null;
            case bool or int or decimal: return value;
            case string text: return Checked(text);
            case char letter: return Checked(letter.ToString());
            case Enum or Guid or Uri or Version: return value.ToString();
            case sbyte or byte or short or ushort or uint or long or ulong: return Whole(System.Convert.ToDecimal(value, CultureInfo.InvariantCulture));
            case nint or nuint or Int128 or UInt128: return Convert(BigInteger.Parse(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), edits, depth);
            case Half number: return Finite(double.Parse(number.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
            case BigInteger number: return BigInteger.Abs(number) <= (BigInteger)decimal.MaxValue ? Whole((decimal)number) : throw new ArgumentException($"{number} is too large for a number.");
            case float number: return Finite(double.Parse(number.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
            case double number: return Finite(number);
            case DateTime time: return Rfc3339(new(time));
            case DateTimeOffset time: return Rfc3339(time);
            case byte[] bytes: return System.Convert.ToBase64String(bytes);
            case KubeMap map: return new KubeMap(map.ToUtf8(), edits);
            case KubeObject document: return new KubeMap(KubeMap.Trim(document.Json), edits);
            case IDictionary table: return Map(Pairs(table), edits, depth);
            case IEnumerable<KeyValuePair<string, string>> pairs: return Map(pairs.Select(pair => (pair.Key, (object?)pair.Value)), edits, depth);
            case IEnumerable<KeyValuePair<string, object?>> pairs: return Map(pairs.Select(pair => (pair.Key, pair.Value)), edits, depth);
            case IEnumerable list: return new KubeMapArray([.. list.Cast<object?>().Select(item => Convert(item, edits, depth + 1))], edits);
            default: throw new ArgumentException($"A {value.GetType().FullName} cannot stand in a document: use text, a number, true or false, a date, a hashtable or a list.");
        }
    }

    static KubeMap Map(IEnumerable<(string Key, object? Value)> pairs, DocumentEdits edits, int depth)
    {
        var map = new KubeMap(default, edits);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, value) in pairs)
        {
            if (!keys.Add(key)) throw new ArgumentException($"The key '{key}' is there twice.");
            map.Append(key, Convert(value, edits, depth + 1));
        }
        return map;
    }

    static IEnumerable<(string, object?)> Pairs(IDictionary table)
    {
        foreach (DictionaryEntry entry in table)
            yield return (System.Convert.ToString(Unwrap(entry.Key), CultureInfo.InvariantCulture) ?? "", entry.Value);
    }

    static object Whole(decimal number) => number switch
    {
        >= int.MinValue and <= int.MaxValue => (int)number,
        >= long.MinValue and <= long.MaxValue => (long)number,
        _ => number,
    };

    static double Finite(double number) =>
        double.IsFinite(number) ? number : throw new ArgumentException($"{number.ToString(CultureInfo.InvariantCulture)} is no number that JSON can hold.");

    /// <summary>As Kubernetes writes times: UTC, to the second unless there is more.</summary>
    static string Rfc3339(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <exception cref="ArgumentException">UTF-8 cannot hold it.</exception>
    public static string Checked(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[++i]))
                throw new ArgumentException("The text holds half of a surrogate pair, which UTF-8 cannot.");
        }
        return text;
    }
}
