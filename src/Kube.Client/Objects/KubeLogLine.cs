using System.Globalization;

namespace Kube;

/// <summary>One line of a container's log.</summary>
public sealed record KubeLogLine
{
    /// <summary>When it was written, in local time; null where times were not asked for.</summary>
    public DateTime? Timestamp { get; init; }

    /// <summary>The pod.</summary>
    public required string Pod { get; init; }

    /// <summary>The container.</summary>
    public required string Container { get; init; }

    /// <summary>The line, without its end.</summary>
    public required string Line { get; init; }

    /// <summary>Reads a line that starts with its time (RFC 3339) and a space, as servers write them on request. One that does not is all text.</summary>
    public static KubeLogLine Parse(string pod, string container, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int space = text.IndexOf(' ');
        var stamp = space < 0 ? text : text.AsSpan(0, space);
        return IsTime(stamp, out var time)
            ? new() { Pod = pod, Container = container, Timestamp = time, Line = space < 0 ? "" : text[(space + 1)..] }
            : new() { Pod = pod, Container = container, Line = text };
    }

    /// <summary>The line.</summary>
    public override string ToString() => Line;

    /// <summary>Only a full RFC 3339 time counts: a line of digits is no time. Digits beyond a tick (100 ns) are dropped.</summary>
    static bool IsTime(ReadOnlySpan<char> text, out DateTime time)
    {
        time = default;
        if (text.Length < 20 || text[10] != 'T') return false;
        int fraction = text.IndexOf('.'), end = fraction + 1;
        while (fraction > 0 && end < text.Length && char.IsAsciiDigit(text[end])) end++;
        string exact = fraction > 0 && end - fraction > 8 ? string.Concat(text[..(fraction + 8)], text[end..]) : text.ToString();
        bool parsed = DateTimeOffset.TryParseExact(exact, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var offset);
        time = offset.LocalDateTime;
        return parsed;
    }
}
