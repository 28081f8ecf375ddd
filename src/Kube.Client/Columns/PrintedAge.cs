using System.Globalization;

namespace Kube.Columns;

/// <summary>Reads the ages that servers print.</summary>
static class PrintedAge
{
    /// <summary>Such as <c>3m10s</c> or <c>2y5d</c>; null for what is none, as <c>&lt;unknown&gt;</c> is.</summary>
    public static TimeSpan? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        var (age, start) = (TimeSpan.Zero, 0);
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsAsciiDigit(text[at])) continue;
            if (Unit(text[at]) is not { } unit || !int.TryParse(text.AsSpan(start..at), NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return null;
            if (count > TimeSpan.MaxValue / unit / 8) return null;
            age += count * unit;
            start = at + 1;
        }
        return start == text.Length ? age : null;
    }

    static TimeSpan? Unit(char letter) => letter switch
    {
        's' => TimeSpan.FromSeconds(1),
        'm' => TimeSpan.FromMinutes(1),
        'h' => TimeSpan.FromHours(1),
        'd' => TimeSpan.FromDays(1),
        'y' => TimeSpan.FromDays(365),
        _ => null,
    };
}
