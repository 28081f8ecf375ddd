using System.Text.RegularExpressions;

namespace Kube.Module.Tests.EndToEnd.Tables;

/// <summary>Whether a cell of a view says what the server's cell says.</summary>
static partial class Comparison
{
    // The document's .Status is never a word: what kubectl heads STATUS is State. Others are named after the object's properties.
    static readonly Dictionary<string, string> s_labels = new(StringComparer.Ordinal) { ["status"] = "state", ["ip"] = "podip", ["port(s)"] = "ports" };

    // What is not there is null in an object, and empty on the screen.
    static readonly string[] s_absent = ["<none>", "<unknown>", "<unset>"];

    static readonly string[] s_times = ["age", "lastseen", "firstseen", "duration"];

    static readonly Dictionary<char, long> s_units = new() { ['s'] = 1, ['m'] = 60, ['h'] = 3600, ['d'] = 86400, ['y'] = 365 * 86400 };

    /// <summary>A column's name as both sides write it.</summary>
    public static string Key(string column)
    {
        var key = column.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
        return s_labels.GetValueOrDefault(key, key);
    }

    /// <param name="column">The column's <see cref="Key"/>.</param>
    /// <param name="server">What the server prints.</param>
    /// <param name="view">What the view shows.</param>
    /// <param name="drift">At most so many seconds later than the server.</param>
    public static bool AreSame(string column, string server, string view, double drift) =>
        server == view
        || (view.Length == 0 && s_absent.Contains(server))
        || (column == "restarts" && Restarts().Match(server) is { Success: true } there && Restarts().Match(view) is { Success: true } here && there.Groups[1].Value == here.Groups[1].Value
            // Since 1.22 kubectl tells when the newest restart was.
            && (!there.Groups[2].Success || IsLater(there.Groups[2].Value, here.Groups[2].Value, drift)))
        // Repeats show beside the time.
        || (s_times.Contains(column) && IsLater(server, Repeats().Replace(view, ""), drift));

    static bool IsLater(string server, string view, double drift) =>
        Span(server) is { } before && Span(view) is { } after && after.End > before.Start && after.Start < before.End + drift;

    /// <summary>From which time on, and up to which, in seconds, it is printed so.</summary>
    static (long Start, long End)? Span(string text)
    {
        if (!Time().IsMatch(text)) return null;
        long seconds = 0, unit = 0;
        foreach (Match part in Part().Matches(text)) seconds += long.Parse(part.Groups[1].Value) * (unit = s_units[part.Groups[2].Value[0]]);
        return (seconds, seconds + unit);
    }

    [GeneratedRegex(@"^(\d+)(?: \((\w+) ago\))?$")]
    private static partial Regex Restarts();

    [GeneratedRegex(@" \(x\d+\)$")]
    private static partial Regex Repeats();

    [GeneratedRegex(@"^(\d+[smhdy]){1,2}$")]
    private static partial Regex Time();

    [GeneratedRegex(@"(\d+)([smhdy])")]
    private static partial Regex Part();
}
