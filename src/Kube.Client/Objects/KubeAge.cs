using System.Globalization;

namespace Kube;

/// <summary>Ages and durations as kubectl prints them: two figures at most, the coarser the longer.</summary>
public static class KubeAge
{
    /// <summary>
    /// Such as <c>119s</c>, <c>3m10s</c>, <c>47h</c>, <c>2d1h</c>, <c>7y364d</c>, <c>8y</c>. Up to two seconds ahead of the clock count as <c>0s</c>, more is
    /// <c>&lt;invalid&gt;</c>; no age at all is <c>&lt;unknown&gt;</c>. A year has 365 days. Fractions of a second are dropped.
    /// </summary>
    public static string Format(TimeSpan? age)
    {
        if (age is not { } span) return "<unknown>";
        long seconds = span.Ticks / TimeSpan.TicksPerSecond, minutes = seconds / 60, hours = minutes / 60, days = hours / 24, years = days / 365;
        return seconds switch
        {
            < -1 => "<invalid>",
            < 0 => "0s",
            < 2 * 60 => Part(seconds, 's'),
            < 10 * 60 => Parts(minutes, 'm', seconds % 60, 's'),
            < 3 * 3600 => Part(minutes, 'm'),
            < 8 * 3600 => Parts(hours, 'h', minutes % 60, 'm'),
            < 48 * 3600 => Part(hours, 'h'),
            < 8 * 86400 => Parts(days, 'd', hours % 24, 'h'),
            < 2L * 365 * 86400 => Part(days, 'd'),
            < 8L * 365 * 86400 => Parts(years, 'y', days % 365, 'd'),
            _ => Part(years, 'y'),
        };
    }

    /// <summary>How long ago a time was, as <see cref="Format"/> writes it. A time of no kind is taken for a local one.</summary>
    public static string Since(DateTime? time) => Format(DateTime.UtcNow - time?.ToUniversalTime());

    static string Parts(long large, char largeUnit, long small, char smallUnit) =>
        small == 0 ? Part(large, largeUnit) : Part(large, largeUnit) + Part(small, smallUnit);

    static string Part(long figure, char unit) => string.Create(CultureInfo.InvariantCulture, $"{figure}{unit}");
}
