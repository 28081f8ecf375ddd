using System.Globalization;
using System.Text;

namespace Kube.Agent.Runtime.Docker;

/// <summary>The engine's times, RFC 3339 with nanoseconds.</summary>
static class DockerTime
{
    // Hundreds of nanoseconds are what .NET keeps. The rest is cut off and not rounded: a log read from a line's own time has that line.
    const int FractionDigits = 7;

    /// <summary>Reads a time; the engine's zero, in the year 1, is none.</summary>
    public static DateTimeOffset? Parse(string? text)
    {
        if (text is null)
            return null;
        var dot = text.IndexOf('.');
        var end = dot < 0 ? -1 : text.AsSpan(dot + 1).IndexOfAnyExceptInRange('0', '9') is var length and > FractionDigits ? dot + 1 + length : -1;
        if (end >= 0)
            text = text[..(dot + 1 + FractionDigits)] + text[end..];
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && time.Year > 1 ? time : null;
    }

    /// <summary>Reads a time of a log, with the nanoseconds beyond a tick.</summary>
    public static DateTimeOffset? Parse(ReadOnlySpan<byte> text, out int nanoseconds)
    {
        nanoseconds = 0;
        // The engine always writes nine digits and UTC.
        if (text.Length == "2006-01-02T15:04:05.000000000Z".Length && text[^1] == 'Z' && text[10] == 'T' && text[19] == '.'
            && Number(text, 4, '-') is >= 0 and var year && Number(text[5..], 2, '-') is >= 0 and var month && Number(text[8..], 2, 'T') is >= 0 and var day
            && Number(text[11..], 2, ':') is >= 0 and var hour && Number(text[14..], 2, ':') is >= 0 and var minute && Number(text[17..], 2, '.') is >= 0 and var second
            && Number(text[20..], 9, 'Z') is >= 0 and var fraction
            && year > 1 && month is > 0 and < 13 && day > 0 && day <= DateTime.DaysInMonth(year, month) && hour < 24 && minute < 60 && second < 60)
        {
            nanoseconds = fraction % 100;
            return new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero).AddTicks(fraction / 100);
        }
        return Parse(Encoding.ASCII.GetString(text));
    }

    static int Number(ReadOnlySpan<byte> text, int digits, char end)
    {
        var number = 0;
        foreach (var digit in text[..digits])
        {
            if (!char.IsAsciiDigit((char)digit)) return -1;
            number = number * 10 + (digit - '0');
        }
        return text.Length == digits || text[digits] == end ? number : -1;
    }
}
