namespace Kube.Streams;

/// <summary>The time at the start of a log's line, RFC 3339 with up to nine digits behind the second.</summary>
static class LogStamp
{
    const int SecondsLength = 19;
    const int MaxDigits = 9;
    const long NanosecondsPerTick = 100;

    /// <summary>Takes the time and the space behind it off a line.</summary>
    /// <returns>Nanoseconds since 1970; null where the line starts with no time, and is as it was.</returns>
    public static long? Take(ref ReadOnlySpan<byte> line)
    {
        if (line.Length <= SecondsLength || line[4] != '-' || line[7] != '-' || line[10] != 'T' || line[13] != ':' || line[16] != ':') return null;
        if (!Number(line[..4], out var year) || !Number(line.Slice(5, 2), out var month) || !Number(line.Slice(8, 2), out var day)
            || !Number(line.Slice(11, 2), out var hour) || !Number(line.Slice(14, 2), out var minute) || !Number(line.Slice(17, 2), out var second)) return null;
        if (year < 1970 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59) return null;
        var rest = line[SecondsLength..];
        var fraction = 0L;
        if (rest[0] == '.')
        {
            var digits = 1;
            for (; digits < rest.Length && char.IsAsciiDigit((char)rest[digits]); digits++)
                if (digits <= MaxDigits) fraction = fraction * 10 + (rest[digits] - '0');
            if (digits == 1) return null;
            for (var missing = digits; missing <= MaxDigits; missing++) fraction *= 10;
            rest = rest[digits..];
        }
        if (Offset(ref rest) is not { } offset) return null;
        // A line without a text ends behind its time.
        if (rest.Length > 0 && rest[0] != ' ') return null;
        line = rest.Length > 0 ? rest[1..] : rest;
        return ((new DateTime(year, month, day, hour, minute, second).Ticks - DateTime.UnixEpoch.Ticks) * NanosecondsPerTick) + fraction - offset;
    }

    /// <summary>The zone, in nanoseconds ahead of UTC.</summary>
    static long? Offset(ref ReadOnlySpan<byte> rest)
    {
        if (rest.Length == 0) return null;
        if (rest[0] == 'Z')
        {
            rest = rest[1..];
            return 0;
        }
        if (rest.Length < 6 || rest[0] is not ((byte)'+' or (byte)'-') || rest[3] != ':' || !Number(rest.Slice(1, 2), out var hours) || !Number(rest.Slice(4, 2), out var minutes)) return null;
        var offset = new TimeSpan(hours, minutes, 0).Ticks * NanosecondsPerTick;
        if (rest[0] == '-') offset = -offset;
        rest = rest[6..];
        return offset;
    }

    static bool Number(ReadOnlySpan<byte> digits, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit)) return false;
            number = number * 10 + (digit - '0');
        }
        return true;
    }
}
