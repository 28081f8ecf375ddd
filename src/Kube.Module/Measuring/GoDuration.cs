using System.Globalization;
using System.Text.RegularExpressions;

namespace Kube.Module.Measuring;

/// <summary>Times as Kubernetes writes them: <c>1m0s</c>, <c>14.25s</c>, <c>300ms</c>.</summary>
static partial class GoDuration
{
    /// <summary>Reads one; null where it is none.</summary>
    public static TimeSpan? Parse(string? text)
    {
        if (text is null || !Whole().IsMatch(text)) return null;
        var seconds = Part().Matches(text).Sum(part => double.Parse(part.Groups[1].Value, CultureInfo.InvariantCulture) * part.Groups[2].Value switch
        {
            "h" => 3600,
            "m" => 60,
            "s" => 1,
            "ms" => 1e-3,
            "ns" => 1e-9,
            _ => 1e-6,
        });
        return seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
    }

    [GeneratedRegex(@"^([0-9]+(\.[0-9]+)?(h|ms|m|s|us|µs|ns))+\z")]
    private static partial Regex Whole();

    [GeneratedRegex(@"([0-9.]+)(h|ms|m|s|us|µs|ns)")]
    private static partial Regex Part();
}
