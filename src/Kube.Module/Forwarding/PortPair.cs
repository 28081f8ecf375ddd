using System.Globalization;

namespace Kube.Module.Forwarding;

/// <summary>A local port and the one that it leads to.</summary>
/// <param name="Local">The local port; 0: any; null: the same as the far one.</param>
/// <param name="Remote">The far port; null: it is named.</param>
/// <param name="Name">The far port's name.</param>
readonly record struct PortPair(int? Local, int? Remote, string? Name = null)
{
    const int LongestName = 15;

    /// <summary>Reads <c>80</c>, <c>8080:80</c> or <c>:80</c>, where the far port may be a name.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static PortPair Parse(string text)
    {
        var parts = text.Split(':');
        if (parts is [var both] && Far(both) is { } same) return same with { Local = same.Remote };
        if (parts is [var local, var remote] && (local.Length == 0 ? 0 : Number(local, 0)) is { } from && Far(remote) is { } far) return far with { Local = from };
        throw new FormatException($"'{text}' is no port: 80, 8080:80 (local, remote) or :80 (any local port) is expected; the remote one may be a name.");
    }

    static PortPair? Far(string text) => Number(text, 1) is { } number ? new PortPair(null, number) : IsName(text) ? new PortPair(null, null, text) : null;

    static int? Number(string text, int least) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= 65535 ? number : null;

    // As Kubernetes has them: IANA's service names.
    static bool IsName(string text) => text.Length is > 0 and <= LongestName && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
        && text.Any(char.IsAsciiLetterLower) && text[0] != '-' && text[^1] != '-';
}
