using System.Globalization;

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
}
